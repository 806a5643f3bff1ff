"""Codes PE620 to PE649: logs of cases and tables of events."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.codes.code import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

LOGS: Mapping[str, Code] = MappingProxyType(
    {
        "PE620": Code(
            "the case `{case}` stands in the log twice",
            "案件 `{case}` 在日志中出现两次",
            "the first one is at {first}, and it alone is judged; remove one, or give it another id",
            "第一件在 {first}，仅该件参与判断；请删去其一，或改用其他编号",
        ),
        "PE621": Code(
            "the case `{case}` is not judged: {count} of its rows cannot be read, the first at {first}",
            "案件 `{case}` 未予判断：有 {count} 行无法读取，第一处在 {first}",
            "mend those rows; without one of its events a case can look like a violation, or hide one",
            "请更正这些行；缺少任何一个事件，都可能使案件误成违规，或者掩盖违规",
        ),
        "PE622": Code(
            "the text is not in the encoding expected; it looks like {encoding}",
            "文本不是所要求的编码，看来是 {encoding}",
            "save the file as UTF-8 and leave `encoding:` out; or, for CSV in GB18030 (also GBK, GB2312), write "
            "`encoding: gb18030` in the map of columns",
            "请将文件另存为 UTF-8 并省略 `encoding:`；CSV 如为 GB18030（含 GBK、GB2312），也可在列对照表中写 "
            "`encoding: gb18030`",
        ),
        "PE623": Code(
            "a byte of this line is not {encoding} text",
            "此行有字节不是 {encoding} 文本",
            "write the line again; the rest of the file can be read",
            "请重写此行；文件的其余部分可以读取",
        ),
        "PE624": Code(
            "the line has more than {limit} bytes",
            "此行超过 {limit} 字节",
            "check whether line ends are missing; a row of a log has some hundred bytes",
            "请检查是否缺少换行；日志的一行通常只有几百字节",
        ),
        "PE625": Code(
            "the table lacks these columns: {columns}",
            "表中缺少下列列：{columns}",
            "add them, or say in a map of columns what they are called here",
            "请补上，或在列对照表中写明其在此处的名称",
        ),
        "PE626": Code(
            "two columns are called `{column}`",
            "有两列都叫 `{column}`",
            "the first one is at {first}; rename one of them",
            "第一列在 {first}；请改掉其中一列的名称",
        ),
        "PE627": Code(
            "the row says nothing in the column `{column}`, which it needs",
            "此行在必填的列 `{column}` 中没有内容",
            "every row names its case, and every event its type and its time",
            "每行必须写明案件，每个事件必须写明类型和时间",
        ),
        "PE628": Code(
            "the row has {found} cells, and the table {expected} columns",
            "此行有 {found} 个单元格，而表有 {expected} 列",
            "add or remove a delimiter; put a cell that holds one in double quotes",
            "请增删分隔符；单元格内含分隔符的，请加双引号",
        ),
        "PE629": Code(
            "the quote that opens here is not closed where its cell ends",
            "从此处开始的引号没有在单元格末尾闭合",
            "close it within {limit} characters; a quote within the cell is written twice",
            "请在 {limit} 个字符之内闭合；单元格内的引号须写两次",
        ),
        "PE630": Code(
            "each line of such a file is one event, an object in braces",
            "此类文件的每一行应为一个事件，写成花括号中的对象",
            'write for instance `{{"case": "c-1", "type": "...", "at": "2025-10-08T23:30:00+08:00"}}`',
            '例如 `{{"case": "c-1", "type": "...", "at": "2025-10-08T23:30:00+08:00"}}`',
        ),
        "PE631": Code(
            "another row of the case `{case}` gives `{name}` another value than {value}",
            "案件 `{case}` 的另一行给 `{name}` 的值与 {value} 不同",
            "the other one is at {first}; what holds from the start is one value, what changes is set by an event",
            "另一处在 {first}；自始成立的只有一个值，变化的应由事件设定",
        ),
        "PE633": Code(
            "these columns hold what cannot be read: {columns}",
            "下列列的内容无法读取：{columns}",
            "store them as text, numbers, true and false, times, or lists of these",
            "请存为文本、数字、真假值、时间或其列表",
        ),
        "PE634": Code(
            "not a sound Parquet file: {problem}",
            "不是完好的 Parquet 文件：{problem}",
            "write the file again; it may be cut off",
            "请重新生成文件；它可能不完整",
        ),
        "PE635": Code(
            "{count} more faults in this file",
            "此文件另有 {count} 处问题",
            "mend those above first; one cause often makes many of them",
            "请先处理以上各处；多处问题往往出于同一原因",
        ),
        "PE636": Code(
            "the case of this row cannot be told, so any case of the log may lack it",
            "无法得知此行属于哪一案件，因此日志中任何案件都可能缺少它",
            "mend the row before relying on what is said of the other cases",
            "请先更正此行，再采信其他案件的结果",
        ),
        "PE637": Code(
            "the case `{case}` is not judged: it has more than {rows} rows, or {text} characters",
            "案件 `{case}` 未予判断：超过 {rows} 行或 {text} 个字符",
            "check the column of the case; a case of that size may have come together from several",
            "请检查案件列；如此大的案件可能是多件误合而成",
        ),
        "PE638": Code(
            "these columns are not read: {columns}",
            "下列列不会读取：{columns}",
            "name them in a map of columns, or put them under `ignore:`",
            "请在列对照表中写明，或列入 `ignore:`",
            level="warning",
        ),
        "PE639": Code(
            "these columns of the map stand in no row: {columns}",
            "列对照表中的下列列没有出现在任何一行：{columns}",
            "check how they are written",
            "请检查其写法",
            level="warning",
        ),
        "PE640": Code(
            "the columns `{other}` and `{column}` both give `{name}`",
            "列 `{other}` 和 `{column}` 都给出 `{name}`",
            "keep one of the two; the other would be lost",
            "请只保留其一，否则另一列会丢失",
        ),
        "PE641": Code(
            "no log has such an ending",
            "日志没有这样的后缀",
            "known are {known}",
            "可用的后缀：{known}",
        ),
        "PE642": Code(
            "the time `{text}` has no zone",
            "时间 `{text}` 没有时区",
            "add an offset such as `+08:00`, or declare `time_zone:` in the map of columns",
            "请加上偏移，如 `+08:00`，或在列对照表中声明 `time_zone:`",
        ),
        "PE643": Code(
            "`{file}` holds no case and no event",
            "`{file}` 中没有案件，也没有事件",
            "check whether it was written out in full",
            "请检查它是否已完整生成",
            level="warning",
        ),
    }
)
