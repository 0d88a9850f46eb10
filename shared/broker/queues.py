"""How full the readers' queues are, as the broker tells whoever asks."""

from collections.abc import Sequence

from shared.broker.link import Depth, open_link


def queue_depths(url: str, readers: Sequence[str]) -> dict[str, Depth | None]:
    """Return the depth of each reader's queue, None for one that has none yet.

    Raises ``BrokerAwayError``. Asking declares nothing and takes nothing. ``memory://`` is a broker of
    this process: another process's queues cannot be asked for.
    """
    depths: dict[str, Depth | None] = {}
    for reader in readers:
        link = open_link(url)  # one each: a broker ends the channel that asked for what is not there
        try:
            depths[reader] = link.depth(reader)
        finally:
            link.close()
    return depths
