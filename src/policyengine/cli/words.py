"""What the command says about its own use, in both languages. What each command does is said where it is."""

from __future__ import annotations

from policyengine.wording import Wording

USAGE = Wording("用法：{usage}", "usage: {usage}")
ARGUMENTS = Wording("参数：", "arguments:")
OPTIONS = Wording("选项：", "options:")
COMMANDS = Wording("命令：", "commands:")
SOME_OPTIONS = Wording("[选项]", "[OPTIONS]")
A_COMMAND = Wording("命令", "COMMAND")
VERSION = Wording("显示所安装的版本", "show which release is installed")
HELP = Wording("显示此帮助", "show this help")
LANG = Wording(
    "中文 (zh) 或英文 (en)；默认取 POLICYENGINE_LANG，其次取系统语言",
    "Chinese (zh) or English (en); by default POLICYENGINE_LANG, else the locale",
)
FORMAT = Wording("文字 (默认) 或 JSON", "text (the default) or JSON")
PAGE_FORMAT = Wording("文字 (默认)、Markdown 或 JSON", "text (the default), Markdown or JSON")

ERROR = Wording("错误：{problem}", "error: {problem}")
SEE_HELP = Wording("说明见：{command} --help", "for help: {command} --help")
STOP = Wording("，", "; ")
DID_YOU_MEAN = Wording("是否想写 `{name}`？", "did you mean `{name}`?")
NO_SUCH_OPTION = Wording("没有选项 `{name}`", "there is no option `{name}`")
NO_SUCH_COMMAND = Wording("没有命令 `{name}`", "there is no command `{name}`")
NEEDS_VALUE = Wording("选项 `{name}` 缺少取值", "the option `{name}` needs a value")
TAKES_NO_VALUE = Wording("选项 `{name}` 不带取值", "the option `{name}` takes no value")
MISSING_ARGUMENT = Wording("缺少参数 {name}", "the argument {name} is missing")
MISSING_OPTION = Wording("缺少选项 `{name}`", "the option `{name}` is missing")
TOO_MANY = Wording("多余的参数：{arguments}", "too many arguments: {arguments}")
NOT_ONE_OF = Wording(
    "`{name}` 不能是 `{value}`，可取：{allowed}", "`{name}` cannot be `{value}`; choose from: {allowed}"
)
BAD_VALUE = Wording("{name} 的取值有误：{message}", "bad value for {name}: {message}")

HOW_TO_WRITE_AS_OF = Wording("写成 2025-10-08T23:30:00+08:00，或 now", "write 2025-10-08T23:30:00+08:00, or now")
NOT_A_READING = Wording("`{text}` 不是 名称=选项 的形式", "`{text}` is not of the form NAME=OPTION")
NOT_THE_SAME = Wording("`{text}` 不是 角色=角色 的形式", "`{text}` is not of the form ROLE=ROLE")
FIXED_AND_ALL = Wording(
    "`--reading` 与 `--readings all` 不能同时使用", "`--reading` and `--readings all` exclude each other"
)
CALLED_THE_SAME = Wording("两个不同的规则都名为 `{name}`", "two different policies are called `{name}`")
TWO_OPTIONS = Wording("解释问题 `{name}` 给了两个不同选项", "the reading `{name}` is given two options")
SEVERAL = Wording("以 `{prefix}` 开头的有多个：{names}", "several names start with `{prefix}`: {names}")

NEEDS_EXTRA = Wording(
    "这需要另外安装：pip install 'regulatory-duties[{extra}]'",
    "this needs one thing more: pip install 'regulatory-duties[{extra}]'",
)
CANNOT_WRITE = Wording("无法写出结果：{reason}", "cannot write the output: {reason}")
OWN_FAULT = Wording(
    "这是本程序自身的错误，请报告：{error} (设 POLICYENGINE_DEBUG=1 可看详情)",
    "this is our own fault, please report it: {error} (POLICYENGINE_DEBUG=1 shows more)",
)
EXIT_CODES = Wording(
    """退出码：0 已得出结果或没有问题，1 发现问题，2 用法有误，3 文件未能读取，70 本程序自身的错误
环境变量：POLICYENGINE_LANG=zh|en 选择语言；NO_COLOR=1 不用颜色；输出不到终端时，COLUMNS 为行宽 (默认 80)""",
    """exit codes: 0 answered, or clean; 1 findings; 2 usage; 3 a file did not load; 70 our own fault
environment: POLICYENGINE_LANG=zh|en chooses the language; NO_COLOR=1 means no colours;
COLUMNS is how wide text is where no terminal says so (80 by default)""",
)
