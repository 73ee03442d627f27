using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using HaLong.Identity.V1;

namespace HaLong.Dossiers.Tests;

/// <summary>Plays identity's history of units with the real units of Hạ Long and what became of them on 1 July 2025.</summary>
internal sealed class PastUnits(Neighbours owner) : UnitHistory.UnitHistoryBase
{
    private static readonly List<Version> Versions = [.. Items("items").Select(i => new Version(
        Text(i, "id"), Text(i, "code"), Text(i, "nameVi"), Text(i, "nameEn"), Text(i, "level"), Text(i, "parentCode"), Day(i, "validFrom"), Day(i, "validTo")))];

    private static readonly ILookup<string, Step> Steps = Items("transitions").Select(i => new Step(
        Text(i, "fromId"), Text(i, "toId"), i.GetProperty("automatic").GetBoolean() && !i.GetProperty("part").GetBoolean())).ToLookup(s => s.From);

    public override Task<BatchFindUnitsResponse> BatchFindUnits(BatchFindUnitsRequest request, ServerCallContext context)
    {
        Up();
        var answer = new BatchFindUnitsResponse();
        answer.Answers.AddRange(request.Questions.Select(q => new FoundUnit { Question = q, Unit = On(q.Code, DateOnly.Parse(q.At, CultureInfo.InvariantCulture)) }));
        return Task.FromResult(answer);
    }

    public override Task<BatchMapUnitsResponse> BatchMapUnits(BatchMapUnitsRequest request, ServerCallContext context)
    {
        Up();
        var to = DateOnly.Parse(request.To, CultureInfo.InvariantCulture);
        var answer = new BatchMapUnitsResponse();
        foreach (var id in request.Ids)
            if (owner.Fates.TryGetValue(id, out var fate))
                answer.Units.Add(fate);
            else if (Versions.Find(v => v.Id == id) is { } version)
                answer.Units.Add(Map(version, to));
        return Task.FromResult(answer);
    }

    /// <summary>What a code means on a day; null for nothing.</summary>
    public static Unit? On(string code, DateOnly day) => Versions.Find(v => v.Code == code && (v.From is null || v.From <= day) && (v.To is null || v.To >= day))?.ToMessage();

    private static MappedUnit Map(Version version, DateOnly to)
    {
        var (ends, divided) = (new List<Version>(), false);
        Walk(version);
        var sure = !divided && ends.Count == 1;
        var mapped = new MappedUnit { Id = version.Id, Unit = sure ? ends[0].ToMessage() : null, NeedsChoice = !sure, Confirmed = true };
        if (!sure)
            mapped.Choices.AddRange(ends.Select(e => e.ToMessage()));
        return mapped;

        void Walk(Version at)
        {
            if (at.To is null || at.To >= to)
            {
                ends.Add(at);
                return;
            }
            var onward = Steps[at.Id].ToList();
            divided |= onward is not [{ Whole: true }];
            foreach (var step in onward)
                Walk(Versions.Single(v => v.Id == step.To));
        }
    }

    private void Up()
    {
        if (owner.IdentityDown)
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
    }

    private static JsonElement.ArrayEnumerator Items(string name)
    {
        using var stream = typeof(PastUnits).Assembly.GetManifestResourceStream("Data.administrative-units.json")!;
        return JsonDocument.Parse(stream).RootElement.GetProperty(name).EnumerateArray();
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";

    private static DateOnly? Day(JsonElement item, string name) => item.GetProperty(name).GetString() is { } text ? DateOnly.Parse(text, CultureInfo.InvariantCulture) : null;

    private sealed record Version(string Id, string Code, string NameVi, string NameEn, string Level, string Parent, DateOnly? From, DateOnly? To)
    {
        public Unit ToMessage() => new() { Id = Id, Code = Code, NameVi = NameVi, NameEn = NameEn, Level = Level, ParentCode = Parent };
    }

    private sealed record Step(string From, string To, bool Whole);
}
