using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>Every object of a PDF, looked through for what can run and for signatures. Reachable or not: readers differ in what they reach.</summary>
internal sealed class PdfObjects
{
    private const int MaxObjects = 300_000;
    private const int MaxDepth = 60;

    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["JavaScript"] = "javascript",
        ["Launch"] = "launch",
        ["SubmitForm"] = "send",
        ["ImportData"] = "send",
        ["GoToE"] = "embedded",
        ["RichMediaExecute"] = "media",
        ["Rendition"] = "media",
        ["Movie"] = "media",
        ["Sound"] = "media",
    };

    private readonly PdfStreams streams = new();

    /// <summary>True when something in it becomes too large when it is opened.</summary>
    public bool IsBomb { get; private set; }

    /// <summary>Why it is active content; null when it is none.</summary>
    public string? Active { get; private set; }

    public int Signatures { get; private set; }

    /// <summary>Null when there are too many.</summary>
    public static PdfObjects? Of(PdfDocument document, string path)
    {
        var found = new PdfObjects();
        var offsets = document.Structure.CrossReferenceTable.ObjectOffsets;
        if (offsets.Count > MaxObjects)
            return null;
        var isWhole = true;
        foreach (var reference in offsets.Keys)
        {
            try
            {
                found.Walk(document.Structure.GetObject(reference).Data, 0);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                isWhole = false;
            }
        }
        found.Walk(document.Structure.Catalog.CatalogDictionary, 0);
        // What this reader cannot read another one may run.
        if (!isWhole)
            found.Scan(File.ReadAllBytes(path));
        return found;
    }

    private void Walk(IToken? token, int depth)
    {
        if (depth > MaxDepth)
            return;
        switch (token)
        {
            case DictionaryToken dictionary:
                foreach (var (name, value) in dictionary.Data)
                {
                    Look(name, value, dictionary);
                    Walk(value, depth + 1);
                }
                break;
            case ArrayToken array:
                foreach (var item in array.Data)
                    Walk(item, depth + 1);
                break;
            case StreamToken stream:
                IsBomb = IsBomb || streams.IsTooLarge(stream);
                Walk(stream.StreamDictionary, depth + 1);
                break;
        }
    }

    private void Look(string name, IToken value, DictionaryToken dictionary)
    {
        var word = (value as NameToken)?.Data;
        Active ??= name switch
        {
            "JS" or "JavaScript" => "javascript",
            "EmbeddedFiles" or "EF" => "embedded",
            "XFA" => "xfa",
            "S" when word is not null => Actions.GetValueOrDefault(word),
            "Type" when word == "EmbeddedFile" => "embedded",
            "Subtype" when word is "RichMedia" or "Screen" or "Movie" or "Sound" or "3D" => "media",
            _ => null,
        };
        // The value of a signature field; its dictionary of references is not one.
        if (name == "ByteRange" && dictionary.Data.ContainsKey("Contents"))
            Signatures++;
    }

    private void Scan(byte[] content)
    {
        foreach (var (word, reason) in new[] { ("/JavaScript", "javascript"), ("/Launch", "launch"), ("/EmbeddedFile", "embedded"), ("/RichMedia", "media") })
            if (content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(word)) >= 0)
                Active ??= reason;
    }
}
