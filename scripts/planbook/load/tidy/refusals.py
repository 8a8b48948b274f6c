"""Files that cannot be checked at all, each with what to do about it."""

from __future__ import annotations

import csv

from planbook.load.textfile import csv_problem, is_text, is_web_page
from planbook.vocabulary.errors import InputError, Message, Problem, message

_READABLE = message("Excel（.xlsx、.xlsm）とCSV（.csv）")


def refusal(file: str, what: Message, remedy: Message, *, found: str | None = None) -> InputError:
    """Return the error for a file that cannot be read as a table."""
    return InputError(Problem(what, file, found=found, allowed=_READABLE, remedy=remedy))


def missing_file(file: str) -> InputError:
    """Return the error for a name under which there is nothing."""
    return refusal(
        file,
        message("ファイルがありません"),
        message("ファイルの名前と、いまいるフォルダーを確かめてください"),
    )


def empty_file(file: str) -> InputError:
    """Return the error for a file with nothing in it."""
    return refusal(
        file,
        message("ファイルが空で、検査できません"),
        message("表を書き込んで保存し直すか、ファイルをもう一度入手してください"),
        found="0 bytes",
    )


def old_excel(file: str) -> InputError:
    """Return the error for the binary format of Excel 97–2003."""
    return refusal(
        file,
        message("古いExcelの形式（.xls）のため、検査できません"),
        message("Excelの「名前を付けて保存」で「Excelブック（.xlsx）」を選んでください"),
    )


def open_document(file: str) -> InputError:
    """Return the error for an ods file: the rules accept the format, this checker does not read it."""
    return refusal(
        file,
        message("OpenDocument（.ods）は、1-1の規則では使えますが、この検査では読めません"),
        message("同じ内容を .xlsx または .csv で保存し、そのファイルを検査してください"),
    )


def other_format(file: str, suffix: str) -> InputError:
    """Return the error for a report, a picture, a PDF."""
    return refusal(
        file,
        message("ファイル形式が、ExcelでもCSVでもありません"),
        message("表のもとになったデータを、.xlsx または .csv で別に用意してください"),
        found=suffix or None,
    )


def encrypted(file: str) -> InputError:
    """Return the error for a workbook with a password."""
    return refusal(
        file,
        message("パスワードで暗号化されたブックのため、検査できません"),
        message("パスワードを外して保存し直してください。公開するデータに暗号化は使えません"),
    )


def owner_file(file: str) -> InputError:
    """Return the error for the small file that Excel keeps beside an open workbook."""
    return refusal(
        file,
        message("Excelがブックを開いているあいだだけ置くファイルで、表ではありません"),
        message("ブックを閉じてから、名前が「~$」で始まらないもとのファイルを検査してください"),
    )


def locked(file: str) -> InputError:
    """Return the error for a file that the system does not let be read."""
    return refusal(
        file,
        message("ファイルを開けません。ほかのソフトが開いているか、読む権限がありません"),
        message("Excelなどで開いていれば閉じてください。閉じても同じなら、ファイルの権限を確かめてください"),
    )


def broken_workbook(file: str) -> InputError:
    """Return the error for a workbook that is cut or has lost a part."""
    return refusal(
        file,
        message("Excelブックとして読めません。ファイルが壊れています"),
        message(
            "ファイルをもう一度入手してください。Excelで開けるなら、開いて保存し直したものを検査してください"
        ),
    )


def no_workbook(file: str, head: bytes) -> InputError:
    """Return the error for a file named as a workbook that is something else; `head` is how it begins."""
    if head.startswith(b"%PDF"):
        what, remedy = (
            message("名前はExcelブックですが、中身はPDFです"),
            message("表のもとになったデータを、.xlsx または .csv で別に用意してください"),
        )
    elif is_web_page(head):
        what, remedy = (
            message("名前はExcelブックですが、中身はウェブページ（HTML）です"),
            message("表を書き出したソフトで、Excelブック（.xlsx）かCSVを選んで書き出し直してください"),
        )
    elif is_text(head):
        what, remedy = (
            message("名前はExcelブックですが、中身はExcelブックではなく、文字のファイルです"),
            message(
                "コンマ区切りの表なら、名前を .csv に直してください。表でなければ、検査の対象から外してください"
            ),
        )
    else:
        what, remedy = (
            message("名前はExcelブックですが、中身はExcelブックではありません"),
            message("もとのソフトで開き、Excelブック（.xlsx）かCSVで保存し直してください"),
        )
    return refusal(file, what, remedy)


def workbook_named_csv(file: str) -> InputError:
    """Return the error for a workbook that is named as a CSV."""
    return refusal(
        file,
        message("名前は .csv ですが、中身はExcelブックです"),
        message("名前を .xlsx に直すか、Excelで「CSV UTF-8（コンマ区切り）」として保存してください"),
    )


def unknown_encoding(file: str, found: str) -> InputError:
    """Return the error for a CSV that is neither UTF-8 nor CP932."""
    return refusal(
        file,
        message("文字コードが分からず、検査できません"),
        message("Excelでは「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選んでください"),
        found=found,
    )


def broken_csv(file: str, line: int, error: csv.Error) -> InputError:
    """Return the error for a CSV whose quotation marks do not add up."""
    return InputError(csv_problem(file, line, error))
