"""What the command line returns.

==== ====================================================================
code meaning
==== ====================================================================
0    everything was done
1    a page failed; the book was built and says so
2    the command was misused: an unknown option, plan, page or parameter
3    the data breaks its rules; the other plans' pages and the book were built
4    Jupyter Book failed; the last good book stays
5    the machine refused: disk, rights, another build in the same folder
70   planbook itself is at fault; please report it
130  stopped with Ctrl-C
==== ====================================================================

Where several apply, the one that keeps most from the reader is returned: 5, 4, 3, then 1.
"""

from planbook.vocabulary.catalogue import plain

OK = 0
PAGE_FAILED = 1
MISUSED = 2
DATA = 3
BOOK = 4
MACHINE = 5
BUG = 70
STOPPED = 130

#: The same for ``--help``.
EXIT_CODES = {
    OK: plain("すべて終わった"),
    PAGE_FAILED: plain("失敗したページがある（本はでき、そのことが書かれている）"),
    MISUSED: plain("コマンドの使い方、計画・ページ・パラメーターの名前が違う"),
    DATA: plain("データが規則に合わない（ほかの計画のページと本はできている）"),
    BOOK: plain("Jupyter Book が失敗した（前の本はそのまま残る）"),
    MACHINE: plain("ディスク、権限、同じフォルダーでの別の実行など、機械の都合"),
    BUG: plain("planbook の不具合（報告してください）"),
    STOPPED: plain("Ctrl-C で止めた"),
}
