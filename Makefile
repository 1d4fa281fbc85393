# The same words as ./quorate, for those who like make. ARGS are passed on: make test ARGS="-k pack"
WORDS = run test setup lint format bench nightly lock reset help

.PHONY: $(WORDS)
.DEFAULT_GOAL = help

$(WORDS):
	@./quorate $@ $(ARGS)
