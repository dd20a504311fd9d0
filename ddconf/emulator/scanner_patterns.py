"""Names of the sensitive data scanner's library of patterns; what each matches is made up here.

https://docs.datadoghq.com/security/sensitive_data_scanner/scanning_rules/library_rules/
"""

from __future__ import annotations

PATTERNS = {
    "Visa Card Scanner (4x4 digits)": r"\b4\d{3}(?:[\s-]?\d{4}){3}\b",
    "Visa Card Scanner (2x8 digits)": r"\b4\d{7}[\s-]?\d{8}\b",
    "Visa Card Scanner (1x16 & 1x19 digits)": r"\b4(?:\d{15}|\d{18})\b",
    "MasterCard Scanner (4x4 digits)": r"\b5[1-5]\d{2}(?:[\s-]?\d{4}){3}\b",
    "MasterCard Scanner (1x16 digits)": r"\b5[1-5]\d{14}\b",
    "American Express Card Scanner (4+6+5 digits)": r"\b3[47]\d{2}[\s-]?\d{6}[\s-]?\d{5}\b",
    "Discover Card Scanner (4x4 digits)": r"\b6011(?:[\s-]?\d{4}){3}\b",
    "Standard Email Address Scanner": r"\b[\w.+-]+@[\w-]+\.[\w.]+\b",
    "Standard Mac Address Scanner": r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b",
    "Standard IBAN Code Scanner": r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b",
    "IPv4 Address Scanner": r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
    "IPv6 Address Scanner": r"\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\b",
    "US Social Security Number Scanner": r"\b\d{3}-\d{2}-\d{4}\b",
    "US Passport Scanner": r"\b[A-Z]\d{8}\b",
    "US Vehicle Identification Number Scanner": r"\b[A-HJ-NPR-Z0-9]{17}\b",
    "UK National Insurance Number Scanner": r"\b[A-Z]{2}\d{6}[A-D]\b",
    "Canadian Social Insurance Number Scanner": r"\b\d{3}[\s-]\d{3}[\s-]\d{3}\b",
    "AWS Access Key ID Scanner": r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b",
    "AWS Secret Access Key Scanner": r"\b[A-Za-z0-9/+]{40}\b",
    "GitHub Access Token Scanner": r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    "Google API Key Scanner": r"\bAIza[A-Za-z0-9_-]{35}\b",
    "JSON Web Token Scanner": r"\bey[\w-]+\.ey[\w-]+\.[\w-]+\b",
    "Slack Access Token Scanner": r"\bxox[abpr]-[A-Za-z0-9-]+\b",
    "Stripe API Key Scanner": r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{24}\b",
    "HTTP Basic Authentication Header Scanner": r"\bBasic [A-Za-z0-9+/=]{8,}",
    "HTTP(S) URL Scanner": r"\bhttps?://\S+",
}
