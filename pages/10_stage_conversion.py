from ui.calculators import stage_conversion

stage_conversion.page()
