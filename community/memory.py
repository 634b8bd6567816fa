"""How a process that answers pages looks after its memory."""

import gc

OBJECTS_BETWEEN_ROUNDS = 20_000  # a page makes some ten thousand and drops them again


def settle() -> None:
    """Once everything is loaded: leave that out of the collector's rounds, and let it go round less often.

    What is loaded stays as long as the process; going through it again and again cost a page an eighth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_ROUNDS)
