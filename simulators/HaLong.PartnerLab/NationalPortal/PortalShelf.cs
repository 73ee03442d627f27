using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace HaLong.PartnerLab.NationalPortal;

/// <summary>Tokens, files, filings of citizens and the national catalogue, in memory.</summary>
internal sealed class PortalShelf(TimeProvider clock)
{
    private const int MostFiles = 5000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> tokens = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly List<(long Number, JsonObject Filing)> filings = [];
    private readonly Dictionary<string, JsonObject> answers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonObject> procedures = new(StringComparer.Ordinal);
    private long number;

    public string NewToken(TimeSpan lifetime)
    {
        var token = "portal-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        lock (gate)
            tokens[token] = clock.GetUtcNow() + lifetime;
        return token;
    }

    public bool Knows(string token)
    {
        lock (gate)
            return tokens.TryGetValue(token, out var until) && until > clock.GetUtcNow();
    }

    /// <summary>Every token runs out now.</summary>
    public void Expire()
    {
        lock (gate)
            tokens.Clear();
    }

    /// <summary>Keeps a file and returns its id: the same content, the same id.</summary>
    public string Keep(byte[] content)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(content));
        lock (gate)
        {
            files[id] = content;
            if (files.Count > MostFiles)
                files.RemoveAt(0);
        }

        return id;
    }

    public byte[]? File(string id)
    {
        lock (gate)
            return files.GetValueOrDefault(id);
    }

    /// <summary>Somebody files on the portal; with the code of a filing that is there: it is changed, under a new number.</summary>
    public long File(JsonObject filing)
    {
        lock (gate)
        {
            filings.RemoveAll(f => (string?)f.Filing["MaHoSo"] == (string?)filing["MaHoSo"]);
            filing["So"] = ++number;
            filings.Add((number, filing));
            return number;
        }
    }

    public IReadOnlyList<JsonNode> FilingsAfter(long after, int limit)
    {
        lock (gate)
            return [.. filings.Where(f => f.Number > after).Take(limit).Select(f => f.Filing.DeepClone())];
    }

    /// <summary>What the city said of a filing.</summary>
    public void Answer(string code, JsonObject answer)
    {
        lock (gate)
            answers[code] = answer;
    }

    public JsonNode? AnswerTo(string code)
    {
        lock (gate)
            return answers.GetValueOrDefault(code)?.DeepClone();
    }

    public void SetProcedure(string code, JsonObject procedure)
    {
        lock (gate)
            procedures[code] = procedure;
    }

    /// <summary>True where nothing is known of any procedure: then every code will do.</summary>
    public bool Has(string procedure)
    {
        lock (gate)
            return procedures.Count == 0 || procedures.ContainsKey(procedure);
    }

    public IReadOnlyList<JsonNode> ProceduresAfter(string after, int limit)
    {
        lock (gate)
            return [.. procedures.Where(p => string.CompareOrdinal(p.Key, after) > 0).Take(limit).Select(p => p.Value.DeepClone())];
    }

    public void Clear()
    {
        lock (gate)
        {
            files.Clear();
            filings.Clear();
            answers.Clear();
            procedures.Clear();
        }
    }
}
