from __future__ import annotations

import sys

import pytest


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_the_notebook_runs_from_top_to_bottom(repository, tmp_path, monkeypatch):
    # Imported here: they take seconds, and every worker collects this file.
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from nbclient import NotebookClient

    # The kernel is the Python that runs the tests, whatever kernels the machine offers.
    specs = tmp_path / "kernels" / "python3"
    specs.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": "Python 3", "language": "python"}
    (specs / "kernel.json").write_text(str(spec).replace("'", '"'), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    manager = KernelSpecManager(kernel_dirs=[str(tmp_path / "kernels")])
    assert "python3" in manager.find_kernel_specs()

    path = repository / "analysis" / "notebooks" / "explore.ipynb"
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs for cell in code), "commit the notebook without outputs"

    NotebookClient(notebook, timeout=180, resources={"metadata": {"path": tmp_path}}).execute()

    outputs = [output for cell in code for output in cell.get("outputs", [])]
    assert not [o for o in outputs if o.output_type == "error"]
    assert sum("image/png" in o.get("data", {}) for o in outputs) == 2
    printed = "".join(o.get("text", "") for o in outputs)
    assert "1,062 statements" in printed
    assert "report.pdf" in printed
    shown = "".join(o.get("data", {}).get("text/html", "") for o in outputs)
    assert "RUS-TUR: Relations index by month, degrees" in shown
