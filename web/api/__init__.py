"""What other systems call: `/api/v1`, and the council's public work as OParl."""
