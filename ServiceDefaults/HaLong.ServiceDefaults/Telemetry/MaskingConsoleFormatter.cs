using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace HaLong.ServiceDefaults;

/// <summary>One line a log entry, with its trace id and without personal data.</summary>
internal sealed class MaskingConsoleFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "halong";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("HH:mm:ss.fff ", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        textWriter.Write(' ');
        textWriter.Write(logEntry.Category);
        textWriter.Write(": ");
        textWriter.Write(PersonalData.Mask(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (System.Diagnostics.Activity.Current is { } activity)
        {
            textWriter.Write(" trace=" + activity.TraceId.ToHexString());
        }

        textWriter.WriteLine();
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(PersonalData.Mask(logEntry.LogLevel >= LogLevel.Error ? exception.ToString() : Brief(exception)));
        }
    }

    /// <summary>A warning heals by itself: during an outage the stack of every attempt would bury the rest.</summary>
    private static string Brief(Exception exception)
    {
        var text = new System.Text.StringBuilder("  ");
        for (var e = exception; e is not null; e = e.InnerException)
        {
            text.Append(e == exception ? "" : " <- ").Append(e.GetType().Name).Append(": ").Append(e.Message.ReplaceLineEndings(" "));
        }

        return text.ToString();
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
