using System.Text.Json;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Catalogue;

/// <summary>A life event (sự kiện): what people want, in their words, and the procedures it takes.</summary>
/// <param name="Words">Words and phrases in both languages.</param>
/// <param name="Procedures">Codes; the first is the one that most people mean.</param>
internal sealed record LifeEvent(string Code, string Vi, string En, IReadOnlyList<string> Words, IReadOnlyList<string> Procedures)
{
    /// <summary>Place of a procedure in the event, from 0; null when it is only named by the procedure itself or not part of it.</summary>
    public int? PlaceOf(string code) => Procedures.Select((c, i) => (c, i)).Where(p => p.c == code).Select(p => (int?)p.i).FirstOrDefault();
}

/// <summary>Everyday words for a term of the law.</summary>
internal sealed record Synonym(string Of, IReadOnlyList<string> Words);

/// <summary>Data/life-events.json.</summary>
internal static class LifeEvents
{
    public static readonly IReadOnlyList<LifeEvent> All = Read<LifeEvent>("items");
    public static readonly IReadOnlyList<Synonym> Synonyms = Read<Synonym>("synonyms");
    public static readonly CodeList Codes = new(All.Select(e => new NamedCode(e.Code, e.Vi, e.En)));

    /// <summary>The events of a procedure.</summary>
    public static IEnumerable<LifeEvent> Of(ProcedureContent procedure) =>
        All.Where(e => e.Procedures.Contains(procedure.Code) || procedure.LifeEvents.Contains(e.Code));

    private static List<T> Read<T>(string property) => [.. DataFiles.ReadArray("life-events.json", property).Select(e => e.Deserialize<T>(DataFiles.Json)!)];
}
