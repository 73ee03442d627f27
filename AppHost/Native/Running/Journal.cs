using System.Collections.Concurrent;
using System.Globalization;

namespace HaLong.AppHost.Native;

/// <summary>What the processes say: kept per resource in bounded files, and shown by who listens.</summary>
internal sealed class Journal(string folder, TimeProvider time) : IDisposable
{
    private const int KeptLines = 20;
    private readonly ConcurrentDictionary<string, Book> _books = new();

    /// <summary>The size at which a log file becomes <c>.1</c> and a new one begins.</summary>
    public long Limit { get; init; } = 5 * 1024 * 1024;

    public event Action<string, string>? Written;

    public void Write(string resource, string line)
    {
        _books.GetOrAdd(resource, name => new Book(Path.Combine(folder, $"{name}.log"))).Add(time.GetUtcNow(), line, Limit);
        Written?.Invoke(resource, line);
    }

    public IReadOnlyList<string> Last(string resource) => _books.TryGetValue(resource, out var book) ? book.Last() : [];

    public void Dispose()
    {
        foreach (var book in _books.Values)
            book.Dispose();
    }

    private sealed class Book(string file) : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly Queue<string> _last = new();
        private StreamWriter? _writer;
        private bool _closed;

        public void Add(DateTimeOffset at, string line, long limit)
        {
            lock (_lock)
            {
                _last.Enqueue(line);
                if (_last.Count > KeptLines)
                    _last.Dequeue();
                if (_closed)
                    return;
                _writer ??= new StreamWriter(file, append: true) { AutoFlush = true };
                _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-ddTHH:mm:ss.fffZ} {line}"));
                if (_writer.BaseStream.Length < limit)
                    return;
                _writer.Dispose();
                _writer = null;
                File.Move(file, file + ".1", overwrite: true);
            }
        }

        public IReadOnlyList<string> Last()
        {
            lock (_lock)
                return [.. _last];
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _closed = true;
                _writer?.Dispose();
                _writer = null;
            }
        }
    }
}
