# Template of a Homebrew formula: fill URL, SHA256 and the resources (`brew update-python-resources ddconf`).
class Ddconf < Formula
  include Language::Python::Virtualenv

  desc "Datadog organisation as code: YAML definitions, plan, apply, export"
  url "URL"
  sha256 "SHA256"
  license "Apache-2.0"

  depends_on "python@3.13"

  def install
    virtualenv_install_with_resources
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/ddconf --version")
    system bin/"ddconf", "init", "--chdir", testpath
    system bin/"ddconf", "validate", "--chdir", testpath
  end
end
