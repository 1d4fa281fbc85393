"""Two real matters of a county council in 2018, their figures as published, in our own words."""

import dataclasses

from committee.documents.published.consultation import (
    Answer,
    ClosedQuestion,
    ConsultationFigures,
    ConsultationText,
    PositionRow,
    PositionTable,
    Theme,
    ThemeGroup,
)
from committee.documents.published.making import Signature
from committee.documents.published.minutes import Action, Attendance, Entry, MinutesText
from committee.documents.published.record import CallIn, RecordText
from committee.documents.running_text import parse

COUNCIL = "Kent County Council"
MAKER = "Cabinet Member for Children, Young People and Education"

SCHOOL_BASE = ConsultationFigures(
    opened_on="",
    closed_on="",
    responses=99,
    positions=PositionTable(
        ("Support", "Against", "Undecided"),
        (
            PositionRow("Parents/carers", (67, 4, 5)),
            PositionRow("Parent and Governor", (1, 0, 0)),
            PositionRow("Parent and Staff Member", (1, 0, 0)),
            PositionRow("Pupils", (3, 0, 0)),
            PositionRow("Governors", (1, 0, 0)),
            PositionRow("Members of staff", (12, 1, 1)),
            PositionRow("Local Resident", (1, 0, 0)),
            PositionRow("Other Interested parties", (1, 1, 0)),
        ),
    ),
    themes=(
        ThemeGroup(
            "Support",
            (
                Theme("Fair chances, and good use of what the school knows about autism", 12),
                Theme("Effect on mainstream classes; more teachers needed", 5),
                Theme("Pupils gain from learning beside one another", 5),
            ),
            87,
        ),
        ThemeGroup("Against", (Theme("More attention needed, and disruption feared", 2),), 6),
        ThemeGroup("Undecided", (Theme("Building work during term", 1),), 6),
    ),
)

TRANSPORT = ConsultationFigures(
    opened_on="26 February 2018",
    closed_on="8 April 2018",
    responses=91,
    positions=PositionTable(
        ("",),
        (
            PositionRow("Parents or carers", (70,)),
            PositionRow("Students in years 12 to 14", (16,)),
            PositionRow("Students in years 7 to 11", (1,)),
            PositionRow("Learning providers", (3,)),
            PositionRow("Others", (1,)),
        ),
    ),
    questions=(
        ClosedQuestion(
            "Do you agree with the policy as drafted?",
            (Answer("Agree", 59), Answer("Disagree", 3), Answer("Don’t know", 26)),
        ),
    ),
)

PROPOSED = RecordText(
    council=COUNCIL,
    is_proposed=True,
    decision_maker=MAKER,
    decision_maker_name="Roger Gough",
    decision_number="18/00016",
    for_publication="Yes",
    is_key=True,
    key_criterion="It affects people in two or more electoral divisions.",
    subject="Post-16 Transport Policy Statement",
    decision=parse(
        f"As {MAKER}, I agree to:\n"
        "a) adopt the policy statement for 2018/19; and\n"
        "b) set the price of a spare seat on hired vehicles at £400 a year."
    ),
    reasons=parse(
        "A council must say each year how it will help people over 16 to travel to learn.\n\n"
        "# Price of a spare seat\n"
        "The seat cost £490 and the travel card £400. Families who *cannot* use the card paid "
        "more; see https://example.org/travel.\n\n"
        "| Scheme | 2017/18 | 2018/19 |\n|---|--:|--:|\n"
        "| Travel card | £400 | £400 |\n| Spare seat | £490 | £400 |"
    ),
    financial=parse("About £9,000 a year less income, of some **£2.37 million** spent in all."),
    equality=parse("The assessment was read and updated after the consultation."),
    consultation=TRANSPORT,
    alternatives=parse("Leaving the price at £490 was rejected, as it would keep the difference."),
)
TAKEN = dataclasses.replace(
    PROPOSED,
    is_proposed=False,
    committee_view=parse("The committee endorsed the proposal on 8 May 2018 (minute 97)."),
    interests=parse("None."),
    signature=Signature("Roger Gough", MAKER, "16 May 2018"),
    call_in=CallIn("16 May 2018", "23 May 2018", "24 May 2018"),
    version=2,
    what_changed="The committee’s view was added.",
)
SCHOOL = dataclasses.replace(
    PROPOSED,
    decision_maker="The Leader of the Council",
    decision_maker_name="",
    decision_number="18/00019",
    subject="Specialist resource provision at a grammar school",
    decision=parse("I agree to establish a base for up to 20 pupils with autism."),
    reasons=parse("West Kent has no such places."),
    consultation=SCHOOL_BASE,
)
SUMMARY = ConsultationText(
    council=COUNCIL,
    title="Specialist resource provision at a grammar school",
    decision_number="18/00019",
    figures=SCHOOL_BASE,
    introduction=parse(
        "About 1,200 paper copies were sent out. A drop-in on 14 March 2018 had 5 visitors:\n"
        "- 3 pupils\n- 1 resident\n- 1 member of staff"
    ),
    closing=parse("The Leader was given every response before deciding."),
)
TRANSPORT_SUMMARY = dataclasses.replace(
    SUMMARY, title="Post-16 transport", decision_number="18/00016", figures=TRANSPORT, closing=()
)

MINUTES = MinutesText(
    council=COUNCIL,
    committee="Children’s, Young People and Education Cabinet Committee",
    date="Tuesday 8 May 2018",
    time="10.00 am",
    place="Darent Room, Sessions House",
    status="Draft minutes",
    present=(
        Attendance("Mr G Cooke", "Chairman"),
        Attendance("Mrs A D Allen, MBE", "Vice-Chairman"),
        Attendance("Ms S Hamilton", substitute_for="Mr R C Love"),
        Attendance("Dr L Sullivan"),
    ),
    also_present=(Attendance("Roger Gough", MAKER),),
    in_attendance=(
        Attendance("Matt Dunkley", "Corporate Director"),
        Attendance("Emma West", "Democratic Services Officer"),
    ),
    apologies=("Mr R C Love", "Mr Q Roper"),
    declarations=("Dr Sullivan declared an interest in item 11, as her husband works there.",),
    entries=(
        Entry(
            "95",
            "Minutes of the meeting held on 8 March 2018",
            "4",
            resolution=parse("RESOLVED that the minutes be signed as a true record."),
        ),
        Entry(
            "96",
            "18/00016 - Post-16 Transport Policy Statement",
            "8",
            paragraphs=parse(
                "Mr Gough introduced the report and pointed to:\n"
                "- 91 responses to the consultation; and\n- the lower price of a spare seat.\n\n"
                "In answer to questions, officers said that:\n"
                "a) the card may be used all week; and\nb) bursaries may cover half of it."
            ),
            resolution=parse(
                "RESOLVED that the decision proposed to be taken, to:\n"
                "a) adopt the policy statement; and\n"
                "b) delegate what follows to:\n   (i) the Director; or\n   (ii) a deputy,\n"
                "be endorsed."
            ),
            votes="for 9, against 2, abstained 1",
            named_votes=("Dr Sullivan asked that her vote against be noted.",),
            actions=(
                Action(
                    "Send the number of young people without work to members",
                    "Keith Abbott",
                    "28 June 2018",
                ),
            ),
            order_note="This item was taken before item 7.",
        ),
        Entry(
            "97",
            "Risk management",
            "14",
            is_exempt=True,
            paragraphs=parse("The committee discussed the register."),
            resolution=parse("RESOLVED that the report be noted."),
        ),
    ),
)
