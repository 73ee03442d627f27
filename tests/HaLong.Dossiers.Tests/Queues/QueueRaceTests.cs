using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>Many read while others work.</summary>
public sealed class QueueRaceTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private readonly string unit = QueueKit.NewUnit();

    [Fact]
    public async Task Numbers_add_up_whenever_they_are_asked_for_while_dossiers_move()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
            ids.Add(await dossiers.PutAsync(unit, new { officer_id = Guid.CreateVersion7() }));
        string[] states = [DossierStatus.Processing, DossierStatus.WaitOpinion, DossierStatus.SupplementProcessing, DossierStatus.Resolved, DossierStatus.Returned];
        var moving = Task.WhenAll(ids.Select((id, i) => Task.Run(async () =>
        {
            for (var step = 0; step < 6; step++)
                await MoveAsync(id, states[(i + step) % states.Length]);
        })));
        var official = dossiers.Official(Roles.Officer, unit);
        string[] waits = ["applicant", "reception", "officer", "agency", "payment", "signature", "handover"];
        for (var asked = 0; asked < 5 || !moving.IsCompleted; asked++)
        {
            var counts = await official.CountsAsync();
            Assert.Equal(counts.GetProperty("unit").GetInt32(), waits.Sum(w => counts.GetProperty(w).GetInt32()));
        }

        await moving;
        Assert.Equal((await official.IdsAsync("queue=unit")).Count, (await official.CountsAsync()).GetProperty("unit").GetInt32());
    }

    [Fact]
    public async Task Whoever_pages_while_others_work_meets_no_dossier_twice()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
            ids.Add(await dossiers.PutAsync(unit, new { officer_id = Guid.CreateVersion7(), submitted_at = $"2026-10-{i + 1:00}T01:00:00Z" }));
        var working = Task.Run(async () =>
        {
            foreach (var id in ids.Where((_, i) => i % 3 == 0))
                await MoveAsync(id, DossierStatus.Returned);
        });
        var seen = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => dossiers.Official(Roles.Officer, unit).IdsAsync("queue=unit", limit: 3)));
        await working;
        Assert.All(seen, list =>
        {
            Assert.Equal(list.Distinct(), list);
            Assert.Equal(list, ids.Where(list.Contains));
            // Who was not touched was met by everybody.
            Assert.Subset(list.ToHashSet(), ids.Where((_, i) => i % 3 != 0).ToHashSet());
        });
    }

    [Fact]
    public async Task The_same_search_at_once_finds_the_same()
    {
        var id = await dossiers.PutAsync(unit, new { owner_name = "Trịnh Công Sơn" });
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
                dossiers.Official(Roles.Officer, unit), "/api/v1/inbox/search", new { text = i % 2 == 0 ? "cong son" : "trinhh cong" }, Ct);
            return (await BodyAsync(answer)).GetProperty("items").EnumerateArray().Select(Id).ToList();
        }));
        Assert.All(found, ids => Assert.Equal([id], ids));
    }

    [Fact]
    public async Task A_search_finds_what_was_filed_a_moment_ago()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free, unit);
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(dossiers.Official(Roles.Reception, unit), "/api/v1/inbox/search", new { text = "nguoi thu" }, Ct);
        Assert.Equal([id], (await BodyAsync(answer)).GetProperty("items").EnumerateArray().Select(Id));
        // A draft is nobody's but its owner's.
        await DraftAsync(client, Free, unit);
        Assert.Single(await dossiers.Official(Roles.Reception, unit).IdsAsync("queue=unit"));
    }

    private static Guid Id(JsonElement item) => item.GetProperty("id").GetGuid();

    private Task<int> MoveAsync(Guid id, string status) =>
        dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(x => x.Status, status), Ct));
}
