package io.nnem.experiments.audit;

import io.nnem.core.GrowingRows;
import io.nnem.core.Option;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Reinstatement;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.PluginFailedException;
import io.nnem.experiments.run.Assembly;
import io.nnem.experiments.run.Decoding;
import io.nnem.experiments.run.TrialListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the assigner of the network that is trained, and gives it shadows: one for each condition
 * that is audited. It serves one network.
 */
final class ShadowingProvider<T> implements CreditAssignerProvider {
  private final Assembly<T> assembly;
  private final ExperimentConfig config;
  private final List<Condition> audited;
  private final Decoding<T> decoding;
  private final TrialListener listener;
  private CreditAssignerProvider trained;
  private ShadowedAssigner<T> made;

  ShadowingProvider(
      Assembly<T> assembly,
      ExperimentConfig config,
      List<Condition> audited,
      Decoding<T> decoding,
      TrialListener listener) {
    this.assembly = assembly;
    this.config = config;
    this.audited = audited;
    this.decoding = decoding;
    this.listener = listener;
  }

  /** Stands for the plug-in of the trained condition from now on. */
  CreditAssignerProvider around(CreditAssignerProvider plugin) {
    trained = plugin;
    return this;
  }

  ShadowedAssigner<T> made() {
    return made;
  }

  @Override
  public String name() {
    return trained.name();
  }

  @Override
  public List<Option<?>> options() {
    return trained.options();
  }

  @Override
  public boolean reinstates() {
    return trained.reinstates();
  }

  @Override
  @SuppressWarnings("unchecked") // its one network is of the assembly's type
  public <U> CreditAssigner<U> create(CreditContext<U> context) {
    CreditContext<T> own = (CreditContext<T>) context;
    made =
        new ShadowedAssigner<>(own, trained.create(own), shadows(own), assembly.learningSettings());
    return (CreditAssigner<U>) made;
  }

  private List<Shadow<T>> shadows(CreditContext<T> context) {
    List<Shadow<T>> shadows = new ArrayList<>();
    for (Condition condition : audited) {
      Optional<Reinstatement<T>> own = Optional.empty();
      try {
        Assembly<T> its = assembly.with(config.forCondition(condition));
        own = its.reinstatement(condition, context.memory(), decoding);
        shadows.add(
            new Shadow<>(
                condition,
                its.assigner(condition, context, own),
                own,
                new GrowingRows<>(context.tensors(), context.memory().valueSize()),
                cause -> listener.failed(condition, assembly.catalogue().blamed(cause))));
      } catch (PluginFailedException e) {
        own.ifPresent(Reinstatement::close);
        listener.failed(condition, e); // the others are audited nevertheless
      }
    }
    return shadows;
  }
}
