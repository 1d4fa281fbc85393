"""The sentences for each reason of refusal: what is wrong, then what to do.

Each has a stable code. Words in braces are facts found in the file.
"""

_AS_WORD = "Open it in Word and save it as a Word document (.docx)."
_AS_PDF = "Open it where it was made, save it as a PDF and upload the PDF."
_PRINT = (
    "Open it, choose Print, then “Save as PDF” or “Microsoft Print to PDF”, and upload that PDF."
)

WORDING: dict[str, tuple[str, str]] = {
    # The file as a whole
    "empty": (
        "The file is empty.",
        "Save the paper again, check that it opens, then upload it.",
    ),
    "too_large": (
        "The file is {size} MB. The most that can be taken is {limit} MB.",
        "Make the pictures smaller (in Word: Compress Pictures) or split the paper into parts.",
    ),
    "type_not_accepted": (
        "This kind of file ({extension}) is not accepted as a paper.",
        "Save it as a Word document (.docx) or as a PDF, then upload that.",
    ),
    "old_word": ("This is a Word document of the old kind (.doc).", _AS_WORD),
    "macro_document": (
        "This is a Word document that can hold macros (.docm).",
        "In Word choose Save As, pick “Word Document (.docx)”, which leaves the macros out.",
    ),
    "open_document": (
        "This is an OpenDocument file (.odt).",
        "Save it as a Word document (.docx) or as a PDF, then upload that.",
    ),
    "rich_text": ("This is a rich text file (.rtf).", _AS_WORD),
    "web_page": ("This is a web page saved with a {claimed} name.", _AS_WORD),
    "image": (
        "This is a picture, not a document.",
        "Put the picture in a Word document, or scan the paper to PDF, then upload that.",
    ),
    "wrong_extension": (
        "The name ends in {extension}, but the file is a {actual}.",
        "Give the file the ending {right} if it is the paper that you mean, then upload it again.",
    ),
    "not_word": (
        "The name says Word, but the file is not a Word document.",
        _AS_WORD,
    ),
    "not_pdf": ("The name says PDF, but the file is not a PDF.", _AS_PDF),
    "two_kinds": (
        "The file is made to be read as two kinds of file at once.",
        _PRINT,
    ),
    "truncated": (
        "The end of the file is missing: it was cut short when it was saved, copied or sent.",
        "Fetch the file again from where it came, check that it opens, then upload it.",
    ),
    "damaged": (
        "The file is damaged and cannot be read.",
        "Open it, check that every page is there, save it again and upload the new file.",
    ),
    "too_much_memory": (
        "The file unpacks to far more than a paper should, so reading it was stopped.",
        _PRINT,
    ),
    "took_too_long": (
        "Reading the file took too long and was stopped.",
        _PRINT,
    ),
    "encrypted": (
        "The file is protected by a password.",
        "Open it, remove the password (in Word: File, Info, Protect Document), save it and "
        "upload it again.",
    ),
    "protected": (
        "The PDF may be read but is protected against changes, so it cannot be put into a pack.",
        "Ask its author for a copy without protection, or for the Word document.",
    ),
    # Word
    "too_many_parts": (
        "The Word document holds {count} parts. The most that can be taken is {limit}.",
        _PRINT,
    ),
    "unpacks_too_large": (
        "The Word document unpacks to more than {limit} MB.",
        "Make the pictures smaller (in Word: Compress Pictures) or split the paper into parts.",
    ),
    "zip_bomb": (
        "A part of the Word document ({part}) is packed far more tightly than a real paper is.",
        _PRINT,
    ),
    "nested_archive": (
        "The Word document has another packed file inside it ({part}).",
        "Remove the embedded file from the document, then upload it again.",
    ),
    "macros": (
        "The Word document holds macros (small programs).",
        "In Word choose Save As, pick “Word Document (.docx)”, which leaves the macros out.",
    ),
    "embedded_object": (
        "The Word document has another file or program object embedded in it ({part}).",
        "In Word, paste the object again as a picture (Paste Special), then upload the document.",
    ),
    "active_x": (
        "The Word document holds ActiveX controls (small programs).",
        "Replace the controls by plain text, then upload the document again.",
    ),
    "inserted_file": (
        "The Word document pulls in the text of another file ({part}).",
        "In Word, copy the text into the document itself, then upload it again.",
    ),
    "remote_template": (
        "The Word document fetches its template from another place ({target}).",
        "In Word choose File, Options, Add-ins, Manage: Templates, and attach “Normal”; "
        "then save and upload it again.",
    ),
    "linked_picture": (
        "A picture in the Word document is not in the file but linked to another place ({target}).",
        "In Word choose File, Info, Edit Links to Files, then Break Link, so that the picture "
        "is kept in the document; save and upload it again.",
    ),
    "linked_content": (
        "The Word document fetches content from another place ({target}).",
        "In Word select that part and press Ctrl+Shift+F9 to turn it into plain content; "
        "then save and upload the document again.",
    ),
    "unsafe_link": (
        "A link in the Word document does not lead to a web page or an e-mail address ({target}).",
        "Remove the link or point it to a web address (https://…), then upload the document again.",
    ),
    "dde": (
        "The Word document holds a field that starts another program (DDE).",
        "In Word select the field and press Ctrl+Shift+F9 to turn it into plain text; "
        "then save and upload the document again.",
    ),
    "doctype": (
        "A part of the Word document ({part}) holds a definition that Word itself never writes.",
        "Copy the text into a new Word document, save it and upload that.",
    ),
    "tracked_changes": (
        "There {are} {changes} left in the Word document; the first is near “{where}”.",
        "Accept or reject the {changes} (in Word: Review, Accept All Changes), then upload again.",
    ),
    "comments": (
        "There {are} {comments} left in the Word document; the first is “{where}”.",
        "Delete the {comments} (in Word: Review, Delete All Comments), then upload again.",
    ),
    "conversion_failed": (
        "The Word document could not be turned into a PDF.",
        "Open it in Word, choose Save As, PDF, and upload the PDF.",
    ),
    # PDF
    "no_pages": ("The document has no pages.", _AS_PDF),
    "too_many_pages": (
        "The document has {pages} pages. The most that can be taken is {limit}.",
        "Split it into a paper and appendices of fewer pages each.",
    ),
    "page_size": (
        "Page {page} is larger than a page can be ({size}).",
        "Save the PDF again with a paper size such as A4 or A3, then upload it.",
    ),
    "pdf_comments": (
        "There {are} {comments} left in the PDF, on {pages}.",
        "Delete them, or print the document to a new PDF, then upload that.",
    ),
    "redaction_not_applied": (
        "The PDF marks text to be blacked out, on {pages}, but the text is still there.",
        "In the PDF program choose “Apply redactions”, save, then upload it again.",
    ),
    "hidden_layers": (
        "The PDF has content in a hidden layer ({layer}).",
        _PRINT,
    ),
    "portfolio": (
        "This is a PDF portfolio: a wrapper around other files.",
        "Upload each of the documents in it by itself.",
    ),
    "live_form": (
        "This PDF is a live form whose pages are only made when it is opened.",
        _PRINT,
    ),
}
