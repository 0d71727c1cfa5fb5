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
        self.queue_depth = Gauge(
            "beffroi_queue_depth",
            "Deliveries in hand that have not been settled.",
            ("channel",),
            registry=self.registry,
        )
        self.last_accepted_at = Gauge(
            "beffroi_last_accepted_at_seconds",
            "When a provider last accepted a message, in seconds since 1970.",
            ("channel",),
            registry=self.registry,
        )
        self.last_heard_at = Gauge(
            "beffroi_last_heard_at_seconds",
            "When a channel last brought us an update or a receipt, in seconds since 1970.",
            ("channel",),
            registry=self.registry,
        )
        self.breaker_position = Gauge(
            "beffroi_breaker_position",
            "Whether a provider is asked: 0 it is, 1 it is being tried, 2 it rests.",
            ("channel",),
            registry=self.registry,
        )
        self.channel_paused = Gauge(
            "beffroi_channel_paused",
            "1 while an operator holds a channel back.",
            ("channel",),
            registry=self.registry,
        )
        self.leases_given_back = Counter(
            "beffroi_leases_given_back",
            "Chunks whose holder fell silent.",
            ("channel",),
            registry=self.registry,
        )

    def heard(self, channel: Channel) -> None:
        """Note that a channel has just brought us something."""
        self.last_heard_at.labels(channel).set_to_current_time()
