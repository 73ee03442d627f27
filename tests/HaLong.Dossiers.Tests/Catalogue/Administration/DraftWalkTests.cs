using HaLong.Dossiers.Catalogue.Administration;
using HaLong.Dossiers.Domain;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.Catalogue.Administration.Keepers;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Catalogue.Administration;

/// <summary>Administrators who do anything in any order: whatever they try, nothing illegal comes of it.</summary>
public sealed class DraftWalkTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private string[] codes = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Random_work_of_three_administrators_leaves_a_catalogue_that_is_whole(int seed)
    {
        codes = [.. Enumerable.Range(1, 3).Select(n => $"9.3{seed}000{n}")];
        var random = new Random(seed);
        Guid[] people = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())];
        var clients = people.ToDictionary(p => p, p => dossiers.Keeper(p));
        var done = new Dictionary<string, int>();
        for (var i = 0; i < 160; i++)
        {
            var code = codes[random.Next(codes.Length)];
            var client = clients[people[random.Next(people.Length)]];
            var draft = await dossiers.InDbAsync(db => db.Set<ProcedureDraft>().AsNoTracking()
                .SingleOrDefaultAsync(d => d.Code == code && DraftStates.Open.Contains(d.State), Ct));
            var (step, answer) = await TryAsync(client, random, code, draft);
            var status = (int)answer.StatusCode;
            Assert.True(status is 200 or 201 or 400 or 403 or 404 or 409, $"{step}: {status} {await answer.Content.ReadAsStringAsync(Ct)}");
            if (answer.IsSuccessStatusCode)
                done[step] = done.GetValueOrDefault(step) + 1;
        }
        Assert.True(done.Count >= 5, string.Join(' ', done));
        await CheckVersionsAsync();
        await CheckDraftsAsync(people);
    }

    private static async Task<(string Step, HttpResponseMessage Answer)> TryAsync(HttpClient client, Random random, string code, ProcedureDraft? draft)
    {
        var content = Item(newCode: code, change: i => i["decision"] = $"{random.Next(1_000_000)}");
        if (draft is null)
            return ("open", await PostAsync(client, "/drafts", new { code, content }));
        var id = draft.Id;
        var from = Today.AddDays(random.Next(-2, 40));
        DateOnly? to = random.Next(3) == 0 ? from.AddDays(random.Next(-1, 20)) : null;
        // Mostly what comes next, sometimes anything.
        var next = draft.State switch { DraftState.Draft => 2, DraftState.Review => 5, _ => 9 };
        return (random.Next(3) == 0 ? random.Next(10) : next) switch
        {
            0 or 1 => ("edit", await SendAsync(client, HttpMethod.Put, $"/drafts/{id}", new { content, validFrom = from })),
            2 or 3 or 4 => ("review", await PostAsync(client, $"/drafts/{id}/review")),
            5 or 6 => ("approval", await PostAsync(client, $"/drafts/{id}/approval")),
            7 => ("return", await PostAsync(client, $"/drafts/{id}/return", new { reason = "Xem lại" })),
            8 when random.Next(4) == 0 => ("withdrawal", await PostAsync(client, $"/drafts/{id}/withdrawal", new { reason = "Thôi" })),
            _ => ("publication", await PostAsync(client, $"/drafts/{id}/publication", new { validFrom = from, validTo = to })),
        };
    }

    private async Task CheckVersionsAsync()
    {
        var versions = await dossiers.InDbAsync(db => db.Procedures.AsNoTracking().Where(p => codes.Contains(p.Code)).ToListAsync(Ct));
        Assert.NotEmpty(versions);
        foreach (var group in versions.GroupBy(v => v.Code))
        {
            for (var day = Today; day < Today.AddDays(80); day = day.AddDays(1))
                Assert.True(group.Count(v => v.IsInForce(day)) <= 1, $"{group.Key} {day}");
            Assert.All(group, v => Assert.True(v.ValidFrom >= Today));
        }
    }

    private async Task CheckDraftsAsync(Guid[] people)
    {
        var drafts = await dossiers.InDbAsync(db => db.Set<ProcedureDraft>().AsNoTracking().Where(d => codes.Contains(d.Code)).ToListAsync(Ct));
        var audit = await dossiers.InDbAsync(db => db.Set<CatalogueAuditEntry>().AsNoTracking().Where(e => e.DraftId != null).ToListAsync(Ct));
        foreach (var draft in drafts)
        {
            Assert.NotEmpty(draft.Editors);
            var steps = audit.Where(e => e.DraftId == draft.Id).OrderBy(e => e.Id).ToList();
            Assert.Equal("draft.opened", steps[0].Action);
            // Whoever is not in the audit as a writer has written nothing, and who wrote has neither approved nor published.
            var writers = steps.Where(e => e.Action is "draft.opened" or "draft.edited").Select(e => e.ActorId).ToHashSet();
            Assert.Equal(writers, draft.Editors.ToHashSet());
            if (draft.State != DraftState.Published)
                continue;
            Assert.DoesNotContain(draft.PublishedBy!.Value, draft.Editors);
            Assert.DoesNotContain(draft.ApprovedBy!.Value, draft.Editors);
            Assert.Equal("version.published", steps[^1].Action);
        }
        Assert.All(codes, c => Assert.True(drafts.Count(d => d.Code == c && DraftStates.Open.Contains(d.State)) <= 1));
        Assert.True(drafts.Count(d => d.Editors.Any(people.Contains)) > 3);
    }
}
