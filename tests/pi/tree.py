"""The device tree that makes QEMU's `virt` machine look like a Pi: model, revision and a chip of simulated pins."""

from __future__ import annotations

import subprocess
from pathlib import Path

BOARDS = {
    "Raspberry Pi 4 Model B Rev 1.4": ("raspberrypi,4-model-b", "brcm,bcm2711", 0x00C03114),
    "Raspberry Pi 5 Model B Rev 1.1": ("raspberrypi,5-model-b", "brcm,bcm2712", 0x00D04171),
    "Raspberry Pi 3 Model B Plus Rev 1.3": ("raspberrypi,3-model-b-plus", "brcm,bcm2837", 0x00A020D3),
}
"""For each model: its `compatible` names (board and chip), and the revision code that tells gpiozero the header."""
PINS = 58
HEADER = 28
OVERLAY = """
/delete-node/ &{{/gpio-keys}};
/delete-node/ &{{/pl061@9030000}};
&{{/}} {{
    model = "{model}";
    compatible = "{compatible}", "{chip}", "linux,dummy-virt";
    system {{ linux,revision = <{revision:#010x}>; }};
    gpio-sim {{
        compatible = "gpio-simulator";
        bank0 {{
            gpio-controller;
            #gpio-cells = <2>;
            ngpios = <{pins}>;
            gpio-sim,label = "pinctrl-{label}";
            gpio-line-names = {names};
        }};
    }};
}};
"""


def build(machine: list[str], model: str, to: Path) -> None:
    """Write the device tree for `model` to `to`. `machine` is QEMU's command with the run's processor and memory."""
    compatible, chip, revision = BOARDS[model]
    plain = to.with_suffix(".plain")
    dump = [*machine, "-display", "none", "-nic", "none"]
    dump[dump.index("-M") + 1] += f",dumpdtb={plain}"
    subprocess.run(dump, check=True, capture_output=True)
    source = subprocess.run(["dtc", "-q", "-I", "dtb", "-O", "dts", plain], check=True, capture_output=True, text=True)
    names = ", ".join(f'"{name}"' for name in ["ID_SDA", "ID_SCL", *(f"GPIO{pin}" for pin in range(2, HEADER))])
    overlay = OVERLAY.format(
        model=model,
        compatible=compatible,
        chip=chip,
        revision=revision,
        pins=PINS,
        label=chip.removeprefix("brcm,"),
        names=names,
    )
    subprocess.run(
        ["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", to, "-"], input=source.stdout + overlay, check=True, text=True
    )
