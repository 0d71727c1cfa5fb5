"""What the scheduler counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from domain.addresses import Channel


class Measures:
    """The figures of one process, in the registry that its page shows."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self.deliveries = Counter(
            "beffroi_deliveries",
            "Deliveries recorded, by channel and by the state they came to.",
            ("channel", "state"),
            registry=self.registry,
        )
        self.send_seconds = Histogram(
            "beffroi_send_seconds",
            "How long a provider took to answer.",
            ("channel",),
            registry=self.registry,
        )
        self.leases_given_back = Counter(
            "beffroi_leases_given_back",
            "Chunks whose holder fell silent.",
            ("channel",),
            registry=self.registry,
        )
        self.queue_depth = self._gauge(
            "queue_depth", "Deliveries in hand that have not been settled."
        )
        self.last_accepted_at = self._gauge(
            "last_accepted_at_seconds",
            "When a provider last accepted a message, in seconds since 1970.",
        )
        self.last_heard_at = self._gauge(
            "last_heard_at_seconds",
            "When a channel last brought us an update or a receipt, in seconds since 1970.",
        )
        self.breaker_position = self._gauge(
            "breaker_position",
            "Whether a provider is asked: 0 it is, 1 it is being tried, 2 it rests.",
        )
        self.channel_paused = self._gauge(
            "channel_paused", "1 while an operator holds a channel back."
        )

    def heard(self, channel: Channel) -> None:
        """Note that a channel has just brought us something."""
        self.last_heard_at.labels(channel).set_to_current_time()

    def _gauge(self, name: str, says: str) -> Gauge:
        return Gauge(f"beffroi_{name}", says, ("channel",), registry=self.registry)
