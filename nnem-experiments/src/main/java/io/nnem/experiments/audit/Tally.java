package io.nnem.experiments.audit;

/** How the gradients of one condition and group compare with the true ones, over all draws. */
final class Tally {
  private final double[] difference;
  private final double[] truth;
  private double cosines;
  private double ratios;
  private int draws;

  Tally(int size) {
    difference = new double[size];
    truth = new double[size];
  }

  void add(double[] gradient, double[] trueGradient) {
    for (int i = 0; i < gradient.length; i++) {
      difference[i] += gradient[i] - trueGradient[i];
      truth[i] += trueGradient[i];
    }
    cosines += Vectors.cosine(gradient, trueGradient);
    ratios += Vectors.norm(gradient) / Vectors.norm(trueGradient);
    draws++;
  }

  double cosine() {
    return cosines / draws;
  }

  double normRatio() {
    return ratios / draws;
  }

  double bias() {
    return Vectors.norm(difference) / Vectors.norm(truth);
  }
}
