package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.GrowingRows;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.Reinstatement;
import io.nnem.learners.Batches;
import io.nnem.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures the credit of every shadow at one moment; leaves everything as it was. */
final class Auditor<T> implements AutoCloseable {

  /** Is asked between two draws; may throw to end the audit. */
  @FunctionalInterface
  interface Pulse {
    void beat() throws InterruptedException;
  }

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Memory<T> memory;
  private final ShadowedAssigner<T> assigner;
  private final Reference reference;
  private final Credit<T> credit;

  /** Takes over the reference. */
  Auditor(
      Tensors<T> tensors,
      Embedder<T> embedder,
      Memory<T> memory,
      ShadowedAssigner<T> assigner,
      Reference reference,
      LearningSettings settings) {
    this.tensors = tensors;
    this.embedder = embedder;
    this.memory = memory;
    this.assigner = assigner;
    this.reference = reference;
    this.credit = new Credit<>(tensors, embedder, memory, assigner.gradients(), settings);
  }

  /**
   * Audits all shadows with fresh queries: for each condition the whole, then the ranges of ages.
   */
  List<AuditRow> audit(long seed, int step, Batches<T> batches, int draws, Pulse pulse)
      throws InterruptedException {
    try (MemoryGroups<T> groups =
            new MemoryGroups<>(tensors, embedder, memory, assigner.observations());
        Scope<T> scope = tensors.newScope()) {
      reference.take(tensors, embedder, groups);
      int count = groups.all().size();
      int size = assigner.gradients().size();
      double[][] truth = new double[count][size];
      double[][] own = new double[count][size];
      List<Shadow<T>> shadows = assigner.shadows();
      List<List<Tally>> tallies = new ArrayList<>();
      shadows.forEach(shadow -> tallies.add(tallies(count, size)));
      T queries = null;
      for (int draw = 0; draw < draws; draw++) {
        pulse.beat();
        batches.next();
        if (queries == null) {
          queries = scope.zeros(tensors.rows(batches.values()), embedder.embeddingSize());
        }
        embedder.embed(batches.observations(), queries);
        reference.gradients(tensors, batches.observations(), batches.values(), truth);
        for (int i = 0; i < shadows.size(); i++) {
          draw(shadows.get(i), queries, batches.values(), groups, own, truth, tallies.get(i));
        }
      }
      List<AuditRow> rows = new ArrayList<>();
      for (int i = 0; i < shadows.size(); i++) {
        Shadow<T> shadow = shadows.get(i);
        List<Tally> its = tallies.get(i);
        shadow.guarded(() -> rows.addAll(rows(shadow, seed, step, groups, its)));
      }
      return rows;
    } finally {
      embedder.clearGradients();
    }
  }

  private static List<Tally> tallies(int count, int size) {
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tallies.add(new Tally(size));
    }
    return tallies;
  }

  private void draw(
      Shadow<T> shadow,
      T queries,
      T targets,
      MemoryGroups<T> groups,
      double[][] own,
      double[][] truth,
      List<Tally> tallies) {
    shadow.guarded(
        () -> {
          credit.gradients(shadow.assigner(), queries, targets, groups, own);
          for (int i = 0; i < own.length; i++) {
            tallies.get(i).add(own[i], truth[i]);
          }
        });
  }

  private List<AuditRow> rows(
      Shadow<T> shadow, long seed, int step, MemoryGroups<T> groups, List<Tally> tallies) {
    Optional<double[]> errors = shadow.reinstatement().map(from -> errors(from, groups.whole()));
    List<MemoryGroups.Group<T>> all = groups.all();
    List<AuditRow> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      MemoryGroups.Group<T> group = all.get(i);
      Tally tally = tallies.get(i);
      AuditRow row =
          new AuditRow(
              shadow.condition(),
              seed,
              step,
              group.ages(),
              group.slots().count(),
              tally.cosine(),
              tally.normRatio(),
              tally.bias(),
              groups.staleness(group),
              errors.map(each -> MemoryGroups.mean(group, each)).orElse(Double.NaN));
      rows.add(group.ages().isEmpty() ? 0 : rows.size(), row);
    }
    return rows;
  }

  /** For each memory the mean squared error of a pixel of its reinstated observation. */
  private double[] errors(Reinstatement<T> reinstatement, MemoryGroups.Group<T> whole) {
    double[] pixels;
    try (GrowingRows<T> keys = new GrowingRows<>(tensors, memory.keySize());
        GrowingRows<T> room = new GrowingRows<>(tensors, embedder.observationSize())) {
      T stored = memory.keys(whole.slots(), keys);
      pixels = Vectors.of(tensors, reinstatement.observations(whole.slots(), stored, room));
    }
    double[] truth = Vectors.of(tensors, whole.observations());
    double[] errors = new double[whole.slots().count()];
    int columns = embedder.observationSize();
    for (int i = 0; i < pixels.length; i++) {
      errors[i / columns] += (pixels[i] - truth[i]) * (pixels[i] - truth[i]) / columns;
    }
    return errors;
  }

  @Override
  public void close() {
    credit.close();
    reference.close();
  }
}
