package io.nnem.testkit;

import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.testkit.LearnerRig.Setting;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What an author says of an assigner, and what the laws are tried on. */
abstract class AssignerClaims<T> {

  static final Setting SMALL = new Setting(13, 4, 3, true);

  Matrices<T> matrices;

  /**
   * The back end to test on.
   *
   * @return any; with the reference, gradients are held against finite differences
   */
  protected abstract Tensors<T> tensors();

  /**
   * The assigner's provider.
   *
   * @return the provider under test
   */
  protected abstract CreditAssignerProvider provider();

  /**
   * The reinstatement that it is combined with.
   *
   * @return empty unless overridden
   */
  protected Optional<ReinstatementProvider> reinstatement() {
    return Optional.empty();
  }

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options optionValues() {
    return Options.none();
  }

  /**
   * Whether it changes the embedder.
   *
   * @return true unless overridden
   */
  protected boolean learns() {
    return true;
  }

  /**
   * Whether its gradient is the true one (law 2) as long as the embedder has not changed since the
   * memories were written.
   *
   * @return false unless overridden
   */
  protected boolean isTrueWhileNothingChanged() {
    return false;
  }

  /**
   * Whether the keys that it recalls follow the embedder, so that its gradient is that of the
   * reading itself, at any time.
   *
   * @return false unless overridden
   */
  protected boolean recallFollowsTheEmbedder() {
    return false;
  }

  /**
   * What it retains.
   *
   * @return {@link CreditAssignerContract.Retains#PER_SLOT} unless overridden
   */
  protected CreditAssignerContract.Retains retains() {
    return CreditAssignerContract.Retains.PER_SLOT;
  }

  @BeforeEach
  final void open() {
    matrices = new Matrices<>(tensors(), "credit");
  }

  @AfterEach
  final void close() {
    matrices.close();
  }

  final LearnerRig<T> rig(Setting setting) {
    return new LearnerRig<>(matrices.tensors, provider(), reinstatement(), optionValues(), setting);
  }

  final T queries() {
    return matrices.random(5, LearnerRig.EMBEDDING, -1, 1);
  }

  final T targets() {
    return matrices.of(5, LearnerRig.CLASSES, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0);
  }
}
