using System.IO.Compression;
using UglyToad.PdfPig.Tokens;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>
/// How large streams become when they are inflated, measured without keeping any of it: a few kilobytes can stand for gigabytes, and a reader
/// that inflates them as a whole would drown.
/// </summary>
internal sealed class PdfStreams
{
    /// <summary>A page scanned in full colour with 400 dots per inch is 45 MB.</summary>
    private const long MaxOfOne = 256L * 1024 * 1024;

    private const long MaxOfAll = 2048L * 1024 * 1024;

    private readonly byte[] buffer = new byte[128 * 1024];
    private long all;

    /// <summary>True when this stream, or all so far, become too large.</summary>
    public bool IsTooLarge(StreamToken stream)
    {
        Stream content = new MemoryStream(stream.Data.ToArray(), writable: false);
        try
        {
            foreach (var _ in FiltersOf(stream.StreamDictionary).TakeWhile(f => f is "FlateDecode" or "Fl"))
                content = new ZLibStream(content, CompressionMode.Decompress);
            if (content is MemoryStream)
                return false;
            long one = 0;
            int read;
            while ((read = content.Read(buffer)) > 0)
            {
                one += read;
                all += read;
                if (one > MaxOfOne || all > MaxOfAll)
                    return true;
            }
            return false;
        }
        catch (InvalidDataException)
        {
            // Broken off: no larger than what could be read.
            return false;
        }
        finally
        {
            content.Dispose();
        }
    }

    private static IEnumerable<string> FiltersOf(DictionaryToken dictionary)
    {
        if (!dictionary.Data.TryGetValue("Filter", out var filter) && !dictionary.Data.TryGetValue("F", out filter))
            return [];
        return filter switch
        {
            NameToken name => [name.Data],
            ArrayToken array => array.Data.OfType<NameToken>().Select(n => n.Data),
            _ => [],
        };
    }
}
