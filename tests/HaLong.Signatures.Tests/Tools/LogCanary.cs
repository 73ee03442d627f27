using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>
/// Listens to every log line of a host, of every category and level, with its values, scopes and exceptions. Secrets that a test sends in are
/// its canaries: none may be heard again.
/// </summary>
internal sealed class LogCanary : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentBag<string> canaries = [];
    private IExternalScopeProvider? scopes;

    /// <summary>Everything that was heard.</summary>
    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>Makes up a secret that stands nowhere else, with a readable beginning.</summary>
    public string Hatch(string name)
    {
        var canary = $"{name}-{Guid.CreateVersion7():N}";
        canaries.Add(canary);
        return canary;
    }

    /// <summary>A secret of a given shape, such as six digits; long enough not to stand in a log by chance.</summary>
    public string Watch(string secret)
    {
        canaries.Add(secret);
        return secret;
    }

    /// <summary>Puts it into a host before that starts.</summary>
    public void Into(IServiceCollection services) => services.AddLogging(l => l.SetMinimumLevel(LogLevel.Trace).AddFilter<LogCanary>(null, LogLevel.Trace)
        .AddProvider(this));

    /// <summary>Nothing that was hatched or is watched stands in any line; and there were lines at all.</summary>
    public void IsSilent()
    {
        Assert.NotEmpty(lines);
        Assert.NotEmpty(canaries);
        foreach (var line in lines)
            Assert.False(canaries.Any(c => line.Contains(c, StringComparison.OrdinalIgnoreCase)), "A secret stands in the log: " + line);
    }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Ear(LogCanary owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner.scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
            var around = new List<string>();
            owner.scopes?.ForEachScope((scope, list) => list.Add(scope is IEnumerable<KeyValuePair<string, object?>> of
                ? string.Join(' ', of.Select(p => $"{p.Key}={p.Value}")) : scope?.ToString() ?? ""), around);
            owner.lines.Enqueue($"{category} {formatter(state, exception)} {values} {exception} {string.Join(' ', around)}");
        }
    }
}
