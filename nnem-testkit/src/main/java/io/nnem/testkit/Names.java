package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Options;
import io.nnem.core.Plugin;

/** Law 7 for one provider: a name that it can be asked for by, and options with names. */
final class Names {

  private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private Names() {}

  static void check(Plugin provider, Options options) {
    assertThat(provider.name())
        .as(
            "law 7: a name is lower-case letters, digits and single hyphens, and starts with a"
                + " letter")
        .matches(NAME);
    assertThat(provider.optionNames()).as("optionNames()").doesNotContainNull();
    assertThat(provider.optionNames())
        .as("law 7: optionNames() must list the options that the test sets")
        .containsAll(options.values().keySet());
  }
}
