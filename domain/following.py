"""What is asked of whoever nobody knows yet, and wants to follow something."""

from domain.forms import Form
from domain.petitions.forms import CONTACT

TOPIC = "topic"  # what is known from the start: what it is
FOLLOWING = Form("following", (CONTACT,), (TOPIC,))
