using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class InboxTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_queue_of_a_unit_shows_what_is_open_oldest_first_page_by_page()
    {
        var unit = "06673";
        var client = dossiers.Citizen();
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await SubmittedAsync(client, unit: unit));
        await DraftAsync(client, unit: unit);
        await SubmittedAsync(client);

        var official = dossiers.Official(Roles.Reception, unit);
        var listed = new List<Guid>();
        string? after = null;
        do
        {
            var page = await GetAsync(official, $"/api/v1/inbox?queue=unit&limit=2&after={after}");
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetGuid()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.Equal(ids, listed);
    }

    [Fact]
    public async Task My_queue_shows_what_I_work_on_until_it_is_returned()
    {
        var officer = Guid.CreateVersion7();
        var client = dossiers.Citizen();
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await dossiers.AcceptedAsync(client, Free);
        await dossiers.ProcessingAsync(client);
        Assert.Empty(await ListAsync(mine));
        await BodyAsync(await PostAsync(mine, id, "assignment"));
        Assert.Equal([id], await ListAsync(mine));
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "RESOLVED", "the result is signed");
        Assert.Equal([id], await ListAsync(mine));
        await BodyAsync(await PostAsync(mine, id, "return"));
        Assert.Empty(await ListAsync(mine));
    }

    [Fact]
    public async Task Without_a_unit_there_is_nothing_to_do()
    {
        await SubmittedAsync(dossiers.Citizen());
        Assert.Empty((await GetAsync(dossiers.Factory.Client(dossiers.Identity.Token(roles: [Roles.Officer])), "/api/v1/inbox")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("queue=all")]
    [InlineData("after=WyJ4IiwieSJd")]
    [InlineData("limit=1000")]
    public async Task Bad_parameters_are_refused(string query)
    {
        using var answer = await dossiers.Official(Roles.Officer).GetAsync($"/api/v1/inbox?{query}", Ct);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<List<Guid>> ListAsync(HttpClient official) =>
        [.. (await GetAsync(official, "/api/v1/inbox?queue=mine")).GetProperty("items").EnumerateArray().Select(d => d.GetProperty("id").GetGuid())];
}
