using System.Text.Json;
using HaLong.Dossiers.Catalogue;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>Data/statuses.json as somebody reads it who does not know the service: states, events, numbers of the portal.</summary>
internal static class StatusBook
{
    private static readonly Dictionary<(string From, string Event), string> Ways = DataFiles.ReadArray("statuses.json", "transitions")
        .ToDictionary(t => (t.GetProperty("from").GetString()!, t.GetProperty("event").GetString()!), t => t.GetProperty("to").GetString()!);

    private static readonly Dictionary<string, JsonElement> ByName = DataFiles.ReadArray("statuses.json", "internalStates").ToDictionary(s => s.GetProperty("state").GetString()!);

    public static IReadOnlyCollection<string> States => ByName.Keys;

    /// <summary>Where an event leads; null where the book does not know it.</summary>
    public static string? Next(string state, string happening) => Ways.GetValueOrDefault((state, happening));

    public static bool IsOver(string state) => ByName[state].GetProperty("terminal").GetBoolean();

    public static int? Portal(string state) => ByName[state].GetProperty("portalCode") is { ValueKind: JsonValueKind.Number } code ? code.GetInt32() : null;

    /// <summary>The book tells the two outcomes apart where the service says RESOLVED.</summary>
    public static string Shown(string state) => state is "APPROVED" or "REFUSED" ? "RESOLVED" : state;

    /// <summary>True when some event leads from one shown state to another, or nothing changes.</summary>
    public static bool Leads(string from, string to) => from == to || Ways.Any(w => Shown(w.Key.From) == from && Shown(w.Value) == to);
}
