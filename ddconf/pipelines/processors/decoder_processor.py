"""decoder-processor: base64 or base16 text decoded to UTF-8 text or to an integer.

https://docs.datadoghq.com/logs/log_configuration/processors/decoder_processor/
"""

from __future__ import annotations

import base64
import binascii

from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import APPLIED, ProcessorReport, Reason
from ddconf.pipelines.working_log import MutableLog

ENCODINGS, REPRESENTATIONS = ("base64", "base16"), ("utf_8", "integer")


@processor("decoder-processor")
def decoder_processor(spec: Spec) -> Apply:
    source, target = spec.source(), spec.target()
    encoding = _choice(spec, "binary_to_text_encoding", ENCODINGS)
    representation = _choice(spec, "input_representation", REPRESENTATIONS)

    def apply(log: MutableLog) -> ProcessorReport:
        value = log.read(source)
        if not isinstance(value, str):
            return unreadable(source, value, "text")
        try:
            content = decode(value, encoding)
            decoded = text_of_bytes(content) if representation == "utf_8" else integer_of_bytes(content)
        except ValueError as error:
            return ProcessorReport(Reason.UNUSABLE, f"cannot be decoded: {error}")
        log.write(target, decoded)
        return APPLIED

    return apply


def decode(text: str, encoding: str) -> bytes:
    """The bytes of a text that may be cut off at its end; raises ValueError."""
    text = "".join(text.split())
    try:
        if encoding == "base16":
            digits = text[2:] if text[:2] in ("0x", "0X") else text
            return bytes.fromhex(digits if len(digits) % 2 == 0 else digits[:-1])
        digits = text.rstrip("=").replace("-", "+").replace("_", "/")
        digits = digits[:-1] if len(digits) % 4 == 1 else digits
        return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error


def text_of_bytes(content: bytes) -> str:
    """UTF-8 text; a character cut off at the end is dropped."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            raise
        return content[: error.start].decode()


def integer_of_bytes(content: bytes) -> int:
    if not 0 < len(content) <= 8:
        raise ValueError("the integer does not fit into 64 bits")
    return int.from_bytes(content, "big")


def _choice(spec: Spec, key: str, allowed: tuple[str, ...]) -> str:
    value = spec.text(key)
    if value and value not in allowed:
        spec.problem(f"'{key}' must be one of {', '.join(allowed)}", key)
    return value
