package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Plugins;
import io.nnem.core.Scope;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.RecalledKeys;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.List;

/**
 * Credit assigners with something wrong, and others that a test needs, as an outsider's plug-ins.
 */
final class TestAssigners {
  /** From this age on {@code forgets-old} gives no credit. */
  static final int REMEMBERS = 100;

  /** The warm-up of {@link io.nnem.experiments.run.Bars}: there {@code listens} hears of writes. */
  private static final int WARMUP = 20;

  private TestAssigners() {}

  /** Everything that the service loader finds, and these. */
  static Catalogue catalogue() {
    Catalogue found = Catalogue.load();
    List<CreditAssignerProvider> assigners = new ArrayList<>();
    found.of(CreditAssignerProvider.class).all().forEach(each -> assigners.add(each.plugin()));
    assigners.add(new Named("forgets-old", Kind.FORGETS_OLD));
    assigners.add(new Named("shuffles", Kind.SHUFFLES));
    assigners.add(new Named("transposes", Kind.TRANSPOSES));
    assigners.add(new Named("stale-pass", Kind.STALE_PASS));
    assigners.add(new Named("in-advance", Kind.IN_ADVANCE));
    assigners.add(new Named("at-reading", Kind.AT_READING));
    assigners.add(new Named("diverges", Kind.DIVERGES));
    assigners.add(new Named("breaks", Kind.BREAKS));
    assigners.add(new Named("listens", Kind.LISTENS));
    return found.with(
        CreditAssignerProvider.class, Plugins.of(CreditAssignerProvider.class, assigners));
  }

  private enum Kind {
    /** Drops the gradient of memories of the age {@link #REMEMBERS} and older. */
    FORGETS_OLD,
    /** Gives each memory's gradient to its neighbour. */
    SHUFFLES,
    /** Takes the gradient's elements column by column, where they are row by row. */
    TRANSPOSES,
    /** Goes back through the pass of the first reading, for ever. */
    STALE_PASS,
    /** Gives a fixed gradient when a memory is written, for all its readings at once. */
    IN_ADVANCE,
    /** Gives the same at each reading. */
    AT_READING,
    /** Has a loss that becomes NaN in its 30th step. */
    DIVERGES,
    /** Throws in its 30th step. */
    BREAKS,
    /** Throws in a step before which it was not told of all that happened to the memory. */
    LISTENS
  }

  private record Named(String name, Kind kind) implements CreditAssignerProvider {
    @Override
    public <T> CreditAssigner<T> create(CreditContext<T> context) {
      return new Odd<>(kind, context);
    }
  }

  private static final class Odd<T> implements CreditAssigner<T> {
    private static final double FIXED = 0.01;

    private final Kind kind;
    private final Tensors<T> tensors;
    private final Embedder<T> embedder;
    private final Memory<T> memory;
    private final SlotMatrix<T> observations;
    private final GrowingRows<T> room;
    private final ForwardPass<T> pass;
    private final Scope<T> scope;
    private final T gradient;
    private boolean passed;
    private int steps;
    private int befores;
    private int writes;
    private int reads;
    private int replacements;

    Odd(Kind kind, CreditContext<T> context) {
      this.kind = kind;
      tensors = context.tensors();
      embedder = context.embedder();
      memory = context.memory();
      observations = new SlotMatrix<>(tensors, memory.capacity(), embedder.observationSize());
      room = new GrowingRows<>(tensors, embedder.observationSize());
      pass = embedder.newPass(memory.capacity());
      scope = tensors.newScope();
      gradient = scope.zeros(memory.capacity(), memory.keySize());
    }

    @Override
    public RecalledKeys<T> recall(Slots slots) {
      if (!passed || kind != Kind.STALE_PASS) {
        embedder.forward(observations.rows(slots, room), pass);
        passed = true;
      }
      return new RecalledKeys<>(slots, pass.output());
    }

    @Override
    public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
      int rows = recalled.slots().count();
      T own = tensors.rowRange(gradient, 0, rows);
      tensors.copy(keyGradient, own);
      switch (kind) {
        case FORGETS_OLD -> {
          for (int i = 0; i < rows; i++) {
            if (embedder.version() - memory.writtenAt(recalled.slots().get(i)) >= REMEMBERS) {
              tensors.fill(0, tensors.rowRange(own, i, i + 1));
            }
          }
        }
        case SHUFFLES -> {
          int[] next = new int[rows];
          for (int i = 0; i < rows; i++) {
            next[i] = (i + 1) % rows;
          }
          tensors.gatherRows(keyGradient, next, own);
        }
        case TRANSPOSES -> {
          int columns = tensors.columns(own);
          for (int i = 0; i < rows * columns; i++) {
            tensors.set(
                own, i / columns, i % columns, tensors.get(keyGradient, i % rows, i / rows));
          }
        }
        case AT_READING -> {
          for (int i = 0; i < rows; i++) {
            T row = tensors.rowRange(own, i, i + 1);
            tensors.fill(tensors.dot(row, row) > 0 ? FIXED : 0, row);
          }
        }
        case IN_ADVANCE -> tensors.fill(0, own);
        default -> {}
      }
      embedder.backward(pass, own);
    }

    @Override
    public boolean embedded(ForwardPass<T> embedding, T values, T embeddingGradient) {
      if (kind == Kind.IN_ADVANCE) {
        T own = tensors.rowRange(gradient, 0, embedding.rows());
        tensors.fill(FIXED * memory.capacity() / embedding.rows(), own);
        tensors.addScaled(1, own, embeddingGradient);
      }
      steps++;
      if (kind == Kind.DIVERGES && steps > 30) {
        throw new DivergenceException("The loss of something is NaN.");
      }
      if (kind == Kind.BREAKS && steps > 30) {
        throw new IllegalArgumentException("out of paper");
      }
      if (kind == Kind.LISTENS) {
        int credited = Math.max(0, writes - WARMUP);
        String told = befores + " " + writes + " " + reads + " " + replacements;
        String wanted = writes + " " + writes + " " + credited + " " + credited;
        if (!told.equals(wanted)) {
          throw new IllegalStateException("was told " + told + " in place of " + wanted);
        }
      }
      return kind == Kind.IN_ADVANCE;
    }

    @Override
    public void beforeWrite(NewKeys<T> keys, T values) {
      befores++;
    }

    @Override
    public boolean listensToReads() {
      return kind == Kind.LISTENS;
    }

    @Override
    public void onRead(Slots slots, T weights) {
      reads++;
    }

    @Override
    public void onReplaceKeys(Slots slots, NewKeys<T> keys) {
      replacements++;
    }

    @Override
    public void onWrite(Slots slots, NewKeys<T> keys, T values) {
      writes++;
      observations.write(slots, keys.requirePass().input());
    }

    @Override
    public void save(StateWriter out) {
      observations.save(out);
    }

    @Override
    public void load(StateReader in) {
      observations.load(in);
    }

    @Override
    public long retainedBytes() {
      return observations.bytes();
    }

    @Override
    public void close() {
      observations.close();
      room.close();
      pass.close();
      scope.close();
    }
  }
}
