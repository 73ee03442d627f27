using System.Globalization;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Work;

/// <summary>What a move is asked with, as the API wants it.</summary>
internal static class MoveBody
{
    private const int MostRows = 50;

    /// <returns>The body, or what cannot be read of what was typed.</returns>
    public static (JsonObject Body, Trouble? Trouble) Of(Move move, IReadOnlyDictionary<string, string> typed)
    {
        var reader = new Reader(typed);
        var body = move.Key switch
        {
            "supplement" => Supplement(reader),
            "fee" => Fee(reader),
            "claim" => Claim(reader),
            _ => new JsonObject(move.Fields.Select(f => KeyValuePair.Create(f.Name, reader.Read(f.Name, f.Kind)))),
        };
        return (Finished(move.Key, body), reader.Trouble);
    }

    /// <summary>Which input an error of the API is about.</summary>
    public static string Led(Move move, JsonObject body, string field)
    {
        if (move.Key == "supplement" && field.StartsWith("items[", StringComparison.Ordinal) && int.TryParse(field[6..].Split(']')[0], out var at) && body["items"]?.AsArray() is { } items && at < items.Count)
            return items[at]?["component"] is { } component ? $"supplement-c-{component}" : "supplement-f-0";
        return $"{move.Key}-{field.Replace("fees[", "fee-", StringComparison.Ordinal).Split(']', '.')[0]}";
    }

    private static JsonObject Finished(string key, JsonObject body)
    {
        if (key == "propose" && body["text"]?.ToString() is { Length: > 0 } text)
            body["text"] = "Đề xuất: " + text;
        return body;
    }

    /// <summary>Everything that is wrong, in one list: each paper with its reasons, then fields of the form.</summary>
    private static JsonObject Supplement(Reader reader)
    {
        var items = new JsonArray();
        foreach (var number in reader.Numbers("c-"))
        {
            if (reader.Text($"c-{number}") is null && reader.Text($"c-{number}-why") is null && reader.Text($"c-{number}-words") is null)
                continue;
            items.Add((JsonNode)new JsonObject { ["component"] = number, ["reason"] = Joined(reader.Text($"c-{number}-why"), reader.Text($"c-{number}-words")) });
        }

        foreach (var row in reader.Numbers("f-"))
        {
            if (reader.Text($"f-{row}") is { } field)
                items.Add((JsonNode)new JsonObject { ["field"] = field.Split('|')[0], ["name"] = field.Split('|') is [_, var name, ..] ? name : null, ["reason"] = Joined(reader.Text($"f-{row}-why"), reader.Text($"f-{row}-words")) });
        }

        return new JsonObject { ["items"] = items, ["legalBasis"] = reader.Text("legalBasis"), ["deadline"] = reader.Read("deadline", "date") };
    }

    private static JsonObject Fee(Reader reader)
    {
        var body = new JsonObject { ["reason"] = reader.Text("reason"), ["legalBasis"] = reader.Text("legalBasis"), ["deadline"] = reader.Read("deadline", "date") };
        if (reader.Text("what") is "atSupplement" or "atResult")
        {
            body["moment"] = reader.Text("what");
            return body;
        }

        var fees = new JsonArray();
        foreach (var row in reader.Text("what") == "filing" ? [] : reader.Numbers("fee-"))
        {
            if (reader.Text($"fee-{row}-name") is not null || reader.Text($"fee-{row}-amount") is not null)
                fees.Add((JsonNode)new JsonObject { ["kind"] = reader.Text($"fee-{row}"), ["name"] = reader.Text($"fee-{row}-name"), ["amount"] = reader.Read($"fee-{row}-amount", "number") });
        }

        body["fees"] = fees;
        return body;
    }

    private static JsonObject Claim(Reader reader) => new()
    {
        ["accepted"] = reader.Text("accepted") switch { "yes" => true, "no" => false, _ => null },
        ["reason"] = reader.Text("reason"),
        ["legalBasis"] = reader.Text("legalBasis"),
        ["deadline"] = reader.Read("deadline", "date"),
    };

    private static string Joined(string? why, string? words) => string.Join(". ", new[] { why, words }.OfType<string>());

    private sealed class Reader(IReadOnlyDictionary<string, string> typed)
    {
        private readonly Dictionary<string, string[]> _wrong = [];

        public Trouble? Trouble => _wrong.Count == 0 ? null
            : new Trouble(Bilingual("Có nội dung chưa đọc được. Chưa có gì thay đổi.", "Something cannot be read. Nothing has changed."), null, null, _wrong);

        public string? Text(string name) => typed.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;

        public JsonNode? Read(string name, string kind)
        {
            switch (kind, Text(name))
            {
                case ("check", var text):
                    return text == "true";
                case (_, null):
                    return null;
                case ("number", var text):
                    // Amounts are written with points or spaces between thousands.
                    if (long.TryParse(text.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                        return number;
                    _wrong[name] = [Bilingual("Hãy nhập một số, không kèm chữ.", "Enter a number without words.")];
                    return null;
                case ("date", var text):
                    if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                        return text;
                    _wrong[name] = [Bilingual("Hãy chọn một ngày.", "Choose a day.")];
                    return null;
                case (_, var text):
                    return text;
            }
        }

        public IReadOnlyList<int> Numbers(string prefix) =>
        [
            .. typed.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..].Split('-')[0])
                .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).Where(n => n >= 0).Distinct().Order().Take(MostRows),
        ];
    }
}
