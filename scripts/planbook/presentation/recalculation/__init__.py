"""The check of plans (検算): verdicts, ledger and sentences."""
