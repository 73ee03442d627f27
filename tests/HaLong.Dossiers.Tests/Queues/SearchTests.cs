using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.IdentityModel.JsonWebTokens;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

public sealed class SearchTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IDisposable
{
    private readonly string unit = QueueKit.NewUnit();

    public void Dispose() => dossiers.Neighbours.IdentityDown = false;

    [Theory]
    [InlineData("Nguyễn Thị Bích Hằng")]
    [InlineData("nguyen thi bich hang")]
    [InlineData("HẰNG nguyễn")]
    [InlineData("Bích  Hằng")]
    [InlineData("nguyen thi bic hang")]
    [InlineData("ngyuen thi bich hang")]
    [InlineData("nguyenn hamg")]
    [InlineData("Nguye\u0302\u0303n Ha\u0306\u0300ng")]
    public async Task An_owner_is_found_by_name_in_any_spelling_and_with_a_wrong_letter(string typed)
    {
        var id = await PutAsync("Nguyễn Thị Bích Hằng");
        await PutAsync("Trần Văn Đức");
        Assert.Equal([id], await FindAsync(new { text = typed }));
    }

    [Fact]
    public async Task As_typed_comes_before_nearly_and_nothing_is_forgiven_in_short_words()
    {
        var (hanh, thanh, an) = (await PutAsync("Lê Hạnh"), await PutAsync("Lê Thanh"), await PutAsync("Vũ An"));
        Assert.Equal([hanh], await FindAsync(new { text = "hanh" }));
        Assert.Equal([thanh], await FindAsync(new { text = "thank" }));
        Assert.Equal([an], await FindAsync(new { text = "vu an" }));
        Assert.Empty(await FindAsync(new { text = "vu am" }));
        Assert.Empty(await FindAsync(new { text = "Hoàng Hạnh" }));
    }

    [Fact]
    public async Task A_code_is_found_whole_by_its_beginning_and_from_its_date_on_in_either_spelling()
    {
        var first = await PutAsync("A", code: "000.00.77.H49-251124-0001");
        var second = await PutAsync("B", code: "000.00.77.H49-251124-0002");
        var other = await PutAsync("C", code: "000.00.01.H49-251125-8888");
        Assert.Equal([first], await FindAsync(new { text = "000.00.77.H49-251124-0001" }));
        Assert.Equal([first], await FindAsync(new { text = "H49.77-251124-0001" }));
        Assert.Equal([second, first], await FindAsync(new { text = "000.00.77.h49-2511" }, limit: 1));
        Assert.Equal([second, first], await FindAsync(new { text = "H49.77-2511" }));
        Assert.Equal([other], await FindAsync(new { text = "251125-88" }));
        Assert.Empty(await FindAsync(new { text = "000.00.78.H49" }));
        Assert.Empty(await FindAsync(new { text = "000.00.77.H49-251124-0009" }));
    }

    [Fact]
    public async Task A_personal_number_is_asked_at_identity_with_the_officials_own_token()
    {
        var (owner, firm, officer) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (one, two) = (await PutAsync("Chủ", owner: owner), await PutAsync("Hộ kinh doanh", owner: firm));
        await PutAsync("Người khác");
        var number = NumberSearch.NumberOf(owner, firm);
        Assert.Equal(new[] { one, two }.Order(), (await FindAsync(new { personalNumber = number }, dossiers.Official(Roles.Officer, unit, officer))).Order());
        Assert.Contains(NumberSearch.Asked, a => a.Purpose == "dossier-search" && new JsonWebToken(a.Token["Bearer ".Length..]).Subject == officer.ToString());
        Assert.Empty(await FindAsync(new { personalNumber = NumberSearch.NumberOf() }));
        Assert.Empty(await FindAsync(new { personalNumber = number }, dossiers.Official(Roles.Officer, QueueKit.NewUnit())));
    }

    [Fact]
    public async Task Without_identity_only_numbers_are_not_found_and_too_many_searches_are_refused()
    {
        var id = await PutAsync("Phạm Quỳnh Anh");
        await RefusedAsync(await SearchAsync(new { personalNumber = NumberSearch.TooOften }), 429, "IDN-1172");
        dossiers.Neighbours.IdentityDown = true;
        using var refused = await SearchAsync(new { personalNumber = NumberSearch.NumberOf(Guid.CreateVersion7()) });
        await RefusedAsync(refused, 503, "DOS-0703");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal([id], await FindAsync(new { text = "quynh anh" }));
    }

    [Fact]
    public async Task What_is_over_is_found_too_unless_only_open_ones_are_wanted()
    {
        var (open, over) = (await PutAsync("Bùi Minh Khuê"), await PutAsync("Bùi Minh Khuê", status: DossierStatus.Returned));
        Assert.Equal(new[] { open, over }.Order(), (await FindAsync(new { text = "minh khue" })).Order());
        Assert.Equal([open], await FindAsync(new { text = "minh khue", open = true }));
        Assert.Equal(2, (await FindAsync(new { text = "minh khuee" }, limit: 1)).Count);
    }

    [Fact]
    public async Task Other_units_dossiers_are_found_only_by_reception_that_took_them_in()
    {
        var there = QueueKit.NewUnit();
        await dossiers.PutAsync(there, new { owner_name = "Đinh Tiên Hoàng", code = "000.00.76.H49-251124-0001" });
        var received = await dossiers.PutAsync(there, new { owner_name = "Đinh Tiên Phong", receiving_unit_code = unit, code = "000.00.76.H49-251124-0002" });
        var reception = dossiers.Official(Roles.Reception, unit);
        Assert.Equal([received], await FindAsync(new { text = "dinh tien" }, reception));
        Assert.Equal([received], await FindAsync(new { text = "000.00.76.H49-251124-0002" }, reception));
        Assert.Empty(await FindAsync(new { text = "dinh tien" }));
        Assert.Empty(await FindAsync(new { text = "000.00.76.H49-251124-0001" }, reception));
        await StatusAsync(new { text = "dinh tien" }, 403, dossiers.Citizen());
        await StatusAsync(new { text = "dinh tien" }, 401, dossiers.Factory.Client());
        Assert.Empty(await FindAsync(new { text = "dinh tien" }, dossiers.Factory.Client(dossiers.Identity.Token(roles: [Roles.Officer]))));
    }

    [Theory]
    [InlineData("""{}""", "text")]
    [InlineData("""{"text":"an","personalNumber":"022185000123"}""", "text")]
    [InlineData("""{"text":"a"}""", "text")]
    [InlineData("""{"text":"%%%"}""", "text")]
    [InlineData("""{"text":"a\u0000b"}""", "text")]
    [InlineData("""{"personalNumber":"0221850001"}""", "personalNumber")]
    [InlineData("""{"personalNumber":"02218500012a"}""", "personalNumber")]
    [InlineData("""{"text":"an an","after":"WyJjb2RlIiwieCIsInkiXQ"}""", "after")]
    [InlineData("""{"personalNumber":"022185000123","after":"WyJudW1iZXIiLCJ4IiwieSJd"}""", "after")]
    public async Task What_cannot_be_searched_is_refused_with_the_name_of_its_field(string body, string field)
    {
        using var answer = await dossiers.Official(Roles.Officer, unit).PostAsync("/api/v1/inbox/search", new StringContent(body, null, "application/json"), Ct);
        Assert.Equal([field], (await RefusedAsync(answer, 400, "DOS-0702")).GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task Pages_show_every_hit_once_the_latest_first_and_names_stand_in_no_answer_that_is_kept()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await dossiers.PutAsync(unit, new { owner_name = "Hồ Xuân Hương", submitted_at = $"2026-11-0{i + 1}T00:00:00Z" }));
        Assert.Equal(ids.AsEnumerable().Reverse(), await FindAsync(new { text = "xuan huong" }, limit: 2));
        using var answer = await SearchAsync(new { text = "xuan huong" });
        Assert.True(answer.Headers.CacheControl!.NoStore);
        await StatusAsync(new { text = "xuan huong", limit = 0 }, 400);
    }

    [Fact]
    public async Task Who_was_found_can_read_that_somebody_searched()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(dossiers.Factory.Broker));
        var (owner, officer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await PutAsync("Lương Thế Vinh", owner: owner);
        await FindAsync(new { text = "luong the vinh" }, dossiers.Official(Roles.Officer, unit, officer));
        var read = (await Eventually.ValueAsync(() => Task.FromResult(reads.Heard.FirstOrDefault(r => r.ActorId == officer)), found => found is not null, "the report"))!;
        Assert.Equal(("dossier-search", "dossier", unit), (read.What, read.Service, read.Unit));
        Assert.Equal([owner], read.SubjectIds);
    }

    private Task<Guid> PutAsync(string name, Guid? owner = null, string? code = null, string status = DossierStatus.Processing) =>
        dossiers.PutAsync(unit, code is null
            ? new { owner_name = name, owner_id = owner ?? Guid.CreateVersion7(), status }
            : new { owner_name = name, owner_id = owner ?? Guid.CreateVersion7(), status, code });

    private Task<HttpResponseMessage> SearchAsync(object body, HttpClient? official = null) =>
        (official ?? dossiers.Official(Roles.Officer, unit)).PostAsJsonAsync("/api/v1/inbox/search", body, Ct);

    private async Task StatusAsync(object body, int status, HttpClient? client = null)
    {
        using var answer = await SearchAsync(body, client);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private async Task<List<Guid>> FindAsync(object body, HttpClient? official = null, int limit = 50)
    {
        var (ids, asked) = (new List<Guid>(), JsonSerializer.SerializeToNode(body)!.AsObject());
        asked["limit"] = limit;
        do
        {
            var page = await BodyAsync(await SearchAsync(asked, official));
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
            asked["after"] = page.GetProperty("after").GetString();
        }
        while (asked["after"] is not null);
        return ids;
    }
}
