using HaLong.Signatures.Pki;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Validation;

/// <summary>
/// The roots that are trusted beside our own, by everybody here who checks a chain. The file may be replaced while the service runs: it is looked at again every few
/// seconds. One that cannot be read changes nothing: what was trusted stays so, and the log says why.
/// </summary>
internal sealed partial class TrustList(IOptions<ValidationOptions> options, TimeProvider time, ILogger<TrustList> log)
{
    private readonly Lock gate = new();
    private byte[] content = [];
    private IReadOnlyList<TrustAnchor>? anchors;
    private DateTimeOffset lookedAt;

    /// <exception cref="FormatException">The first list cannot be read; the service does not start with such a one.</exception>
    public IReadOnlyList<TrustAnchor> Current
    {
        get
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                if (anchors is not null && now - lookedAt < TimeSpan.FromSeconds(options.Value.TrustListSeconds))
                    return anchors;
                lookedAt = now;
                return anchors = Look();
            }
        }
    }

    /// <summary>Our own root and all that is on the list.</summary>
    public Trust With(AuthorityChain ours) => new(ours.Roots) { Anchors = Current };

    /// <summary>Why the service must not start with this list; null when it may.</summary>
    public static string? WhyNot(string path)
    {
        try
        {
            TrustFile.Read(ContentOf(path));
            return null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private IReadOnlyList<TrustAnchor> Look()
    {
        try
        {
            var found = ContentOf(options.Value.TrustListPath);
            if (anchors is not null && found.AsSpan().SequenceEqual(content))
                return anchors;
            content = found;
            var read = TrustFile.Read(found);
            Loaded(log, read.Count);
            return read;
        }
        catch (Exception e) when (anchors is not null && e is (FormatException or IOException or UnauthorizedAccessException))
        {
            Unreadable(log, e);
            return anchors;
        }
    }

    private static byte[] ContentOf(string path) => path.Length == 0 ? TrustFile.Shipped() : File.ReadAllBytes(path);

    [LoggerMessage(5122, LogLevel.Information, "The list of trusted roots was read: {Count} beside our own")]
    private static partial void Loaded(ILogger log, int count);

    [LoggerMessage(5123, LogLevel.Error, "The list of trusted roots cannot be read; the one before stays in force")]
    private static partial void Unreadable(ILogger log, Exception exception);
}
