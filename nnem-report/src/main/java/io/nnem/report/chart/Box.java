package io.nnem.report.chart;

/** Where a chart is drawn: the area between its axes. */
record Box(double x, double y, double width, double height, Axis across, Axis upward) {
  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }

  double x(double value) {
    return x + width * across.place(value);
  }

  double y(double value) {
    return bottom() - height * upward.place(value);
  }

  /** The same within what the quantity can be: where bands end. */
  double constrained(double value) {
    return y(upward.constrain(value));
  }
}
