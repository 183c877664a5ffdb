"""The C++ files a check looks at: all that git knows, or those changed against HEAD (staged, unstaged, new)."""
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOPS = ("shared", "daemon", "gui", "tests")


def git(*arguments):
    done = subprocess.run(["git", "-c", f"safe.directory={ROOT}", *arguments], cwd=ROOT, check=True, capture_output=True)
    return [line for line in done.stdout.decode().split("\0") if line]


def sources(changed_only):
    """Repository-relative names of .h and .cpp files, sorted."""
    if not (ROOT / ".git").exists():   # an unpacked archive
        names = [path.relative_to(ROOT).as_posix() for top in TOPS for path in (ROOT / top).rglob("*")]
    elif changed_only:
        names = git("diff", "--name-only", "-z", "HEAD") + git("ls-files", "-z", "--others", "--exclude-standard")
    else:
        names = git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return sorted({name for name in names
                   if name.endswith((".h", ".cpp")) and name.split("/")[0] in TOPS and (ROOT / name).is_file()})
