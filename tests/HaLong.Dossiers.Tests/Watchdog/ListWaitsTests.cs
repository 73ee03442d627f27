using HaLong.Dossiers.Tests.Deadlines;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Watchdog;

/// <summary>Who looks at waits that are past or near their latest date. Each test has units of its own.</summary>
public sealed class ListWaitsTests(WatchFixture city) : IClassFixture<WatchFixture>
{
    private const string Path = "/api/v1/admin/waits";

    [Theory]
    [InlineData(Roles.Leader)]
    [InlineData(Roles.Approver)]
    [InlineData(Roles.Chief)]
    public async Task Who_supervises_a_unit_sees_what_it_lets_wait_the_oldest_first_with_the_warnings_given(string role)
    {
        var unit = "97" + role;
        var (late, near, far) = (await city.Stuck.MakeAsync("CHECK", "2025-10-02T10:00", unit: unit), await city.Stuck.MakeAsync("CHECK", "2025-10-06T09:00", unit: unit), await city.Stuck.MakeAsync("SUPPLEMENT", unit: unit));
        await city.Stuck.MakeAsync("CHECK", "2025-10-02T10:00", unit: "98000");
        await city.RoundAsync("2025-10-06T16:30");

        var items = (await GetAsync(city.As(role, unit), Path)).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal([late, near], items.Select(i => i.GetProperty("dossierId").GetGuid()));
        Assert.DoesNotContain(far, items.Select(i => i.GetProperty("dossierId").GetGuid()));
        Assert.Equal([true, false], items.Select(i => i.GetProperty("late").GetBoolean()));
        var first = items[0];
        Assert.Equal(("CHECK", "reception", "SUBMITTED", unit), (first.GetProperty("reason").GetString(), first.GetProperty("who").GetString(), first.GetProperty("status").GetString(), first.GetProperty("unitCode").GetString()));
        Assert.Equal("2025-10-03 10:00", ((DateTimeOffset?)first.GetProperty("latest").GetDateTimeOffset()).Local());
        Assert.StartsWith("000.00.01.H49-", first.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal(["officer", "supervisor"], first.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("level").GetString()));
        Assert.Equal([false, true], first.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("urgent").GetBoolean()));
        Assert.Empty(items[1].GetProperty("warnings").EnumerateArray());
        Assert.DoesNotContain("Dân", first.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_sees_every_unit_or_the_one_he_names()
    {
        var (one, other) = (await city.Stuck.MakeAsync("CHECK", "2025-10-01T10:00", unit: "97101"), await city.Stuck.MakeAsync("CHECK", "2025-10-01T10:00", unit: "97102"));
        await city.RoundAsync("2025-10-06T16:30");
        var admin = city.As(Roles.Administrator, "97101");

        var all = (await GetAsync(admin, $"{Path}?limit=100")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("dossierId").GetGuid()).ToList();
        Assert.Contains(one, all);
        Assert.Contains(other, all);
        Assert.Equal(other, Assert.Single((await GetAsync(admin, $"{Path}?unit=97102")).GetProperty("items").EnumerateArray()).GetProperty("dossierId").GetGuid());
    }

    [Theory]
    [InlineData(Roles.Reception)]
    [InlineData(Roles.Officer)]
    [InlineData(Roles.Cashier)]
    [InlineData(Roles.Auditor)]
    public async Task Who_supervises_nobody_is_refused(string role)
    {
        foreach (var path in new[] { Path, Path + "/counts" })
            await RefusedAsync(await city.As(role).GetAsync(path, Ct), 403, "DOS-0731");
    }

    [Fact]
    public async Task Another_unit_applicants_and_strangers_are_refused()
    {
        foreach (var path in new[] { Path, Path + "/counts" })
        {
            await RefusedAsync(await city.As(Roles.Chief).GetAsync($"{path}?unit={OtherUnit}", Ct), 403, "DOS-0731");
            await RefusedAsync(await city.As(Roles.Chief, unit: null).GetAsync(path, Ct), 403, "DOS-0731");
            Assert.Equal(403, (int)(await city.As(Roles.Citizen, unit: null).GetAsync(path, Ct)).StatusCode);
            Assert.Equal(401, (int)(await city.City.Client().GetAsync(path, Ct)).StatusCode);
        }
        Assert.NotEqual(default, await GetAsync(city.As(Roles.Chief), $"{Path}?unit={Unit}"));
    }

    [Theory]
    [InlineData("?reason=BOREDOM", "DOS-0732")]
    [InlineData("?who=minister", "DOS-0732")]
    [InlineData("?limit=0", "CMN-0400")]
    [InlineData("?after=nonsense", "CMN-0400")]
    public async Task What_makes_no_sense_is_refused(string query, string code)
    {
        await RefusedAsync(await city.As(Roles.Chief).GetAsync(Path + query, Ct), 400, code);
        if (code == "DOS-0732")
            await RefusedAsync(await city.As(Roles.Chief).GetAsync($"{Path}/counts{query}", Ct), 400, code);
    }

    [Fact]
    public async Task A_cursor_that_is_none_of_this_list_is_refused() =>
        await RefusedAsync(await city.As(Roles.Chief).GetAsync($"{Path}?after={Cursor.Encode("x", "y")}", Ct), 400, "DOS-0006");

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_also_within_one_moment()
    {
        const string Quiet = "97201";
        var ids = new List<Guid>();
        for (var i = 0; i < 7; i++)
            ids.Add(await city.Stuck.MakeAsync("CHECK", i < 4 ? "2025-10-02T10:00" : $"2025-10-02T11:0{i}", unit: Quiet));
        await city.RoundAsync("2025-10-06T16:30");
        var (seen, after, chief) = (new List<Guid>(), "", city.As(Roles.Chief, Quiet));
        do
        {
            var page = await GetAsync(chief, $"{Path}?limit=3{(after.Length > 0 ? "&after=" + Uri.EscapeDataString(after) : "")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("dossierId").GetGuid()));
            after = page.TryGetProperty("after", out var next) ? next.GetString() ?? "" : "";
        }
        while (after.Length > 0);
        Assert.Equal(7, seen.Count);
        Assert.Equal(ids.Order(), seen.Order());
    }

    [Fact]
    public async Task Reason_party_and_lateness_narrow_the_list_and_the_counts_add_up()
    {
        const string Mixed = "97301";
        await city.Stuck.MakeAsync("CHECK", "2025-10-02T10:00", unit: Mixed);
        await city.Stuck.MakeAsync("CHECK", "2025-10-06T10:00", unit: Mixed);
        await city.Stuck.MakeAsync("UNASSIGNED", "2025-10-01T10:00", unit: Mixed);
        await city.Stuck.MakeAsync("FORWARD", "2025-10-01T10:00", unit: Mixed);
        await city.RoundAsync("2025-10-06T16:30");
        var chief = city.As(Roles.Chief, Mixed);

        Assert.Equal(4, await CountAsync(""));
        Assert.Equal(3, await CountAsync("?late=true"));
        Assert.Equal(2, await CountAsync("?reason=CHECK"));
        Assert.Equal(1, await CountAsync("?reason=CHECK&late=true"));
        Assert.Equal(2, await CountAsync("?who=officer"));
        Assert.Equal(0, await CountAsync("?who=officer&reason=CHECK"));

        var counts = await GetAsync(chief, Path + "/counts");
        Assert.Equal((3, 1), (counts.GetProperty("late").GetInt32(), counts.GetProperty("near").GetInt32()));
        Assert.Equal("2025-10-01 17:00", ((DateTimeOffset?)counts.GetProperty("oldestLatest").GetDateTimeOffset()).Local());
        Assert.Equal(["CHECK 1 1", "FORWARD 1 0", "UNASSIGNED 1 0"], Groups("byReason"));
        Assert.Equal(["officer 2 0", "reception 1 1"], Groups("byWho"));
        Assert.Equal([$"{Mixed} 3 1"], Groups("byUnit"));
        var none = await GetAsync(city.As(Roles.Chief, "97399"), Path + "/counts");
        Assert.Equal((0, 0), (none.GetProperty("late").GetInt32(), none.GetProperty("byReason").GetArrayLength()));

        async Task<int> CountAsync(string query) => (await GetAsync(chief, Path + query)).GetProperty("items").GetArrayLength();

        IEnumerable<string> Groups(string name) => counts.GetProperty(name).EnumerateArray().Select(g => $"{g.GetProperty("key").GetString()} {g.GetProperty("late")} {g.GetProperty("near")}");
    }

    [Fact]
    public async Task Looking_at_the_list_is_reported_with_whose_dossiers_they_are()
    {
        const string Watched = "97401";
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(city.City.Broker));
        var (owner, chief) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await city.Stuck.MakeAsync("CHECK", "2025-10-02T10:00", owner, Watched);
        await city.RoundAsync("2025-10-06T16:30");
        await GetAsync(city.As(Roles.Chief, Watched, chief), Path);
        var read = await Eventually.ValueAsync(() => Task.FromResult(reads.Heard.FirstOrDefault(r => r.ActorId == chief)), r => r is not null, "the report");
        Assert.Equal(("dossier-list", owner), (read!.What, Assert.Single(read.SubjectIds)));
    }

    [Fact]
    public async Task A_dossier_tells_its_owner_and_its_officials_what_it_waits_for_and_what_was_warned()
    {
        await using var reads = await Listener.StartAsync<PersonalDataRead>(new Uri(city.City.Broker));
        var (owner, officer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var id = await city.Stuck.MakeAsync("CHECK", "2025-10-02T10:00", owner);
        await city.RoundAsync("2025-10-03T09:00");
        foreach (var client in new[] { city.As(Roles.Citizen, null, owner), city.As(Roles.Officer, id: officer) })
        {
            var view = await GetAsync(client, $"/api/v1/dossiers/{id}/waits");
            Assert.Equal("CHECK", view.GetProperty("waitingFor").GetProperty("reason").GetString());
            var warning = Assert.Single(view.GetProperty("warnings").EnumerateArray());
            Assert.Equal(("officer", "CHECK"), (warning.GetProperty("level").GetString(), warning.GetProperty("reason").GetString()));
        }
        await Eventually.Async(() => Task.FromResult(reads.Heard.Any(r => r.ActorId == officer && r.ObjectId == id)), "the officer's look is reported");
        Assert.DoesNotContain(reads.Heard, r => r.ActorId == owner);
        await RefusedAsync(await city.As(Roles.Citizen, null).GetAsync($"/api/v1/dossiers/{id}/waits", Ct), 404, "DOS-0001");
        await RefusedAsync(await city.As(Roles.Officer, OtherUnit).GetAsync($"/api/v1/dossiers/{id}/waits", Ct), 404, "DOS-0001");
        await RefusedAsync(await city.As(Roles.Officer).GetAsync($"/api/v1/dossiers/{Guid.CreateVersion7()}/waits", Ct), 404, "DOS-0001");
    }

    [Fact]
    public async Task A_delegate_looks_only_as_far_as_he_may()
    {
        var owner = Guid.CreateVersion7();
        var id = await city.Stuck.MakeAsync("CHECK", "2025-10-02T10:00", owner);
        var (allowed, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        city.Dossiers.Neighbours.Rights[allowed] = new TestRight(Acts.DossierRead);
        city.Dossiers.Neighbours.Rights[other] = new TestRight(Acts.PaymentPay);
        Assert.Equal("CHECK", (await GetAsync(By(allowed), $"/api/v1/dossiers/{id}/waits")).GetProperty("waitingFor").GetProperty("reason").GetString());
        await RefusedAsync(await By(other).GetAsync($"/api/v1/dossiers/{id}/waits", Ct), 403, "DOS-0027");

        HttpClient By(Guid delegation) => city.City.Client(city.Dossiers.Identity.Token(owner, [Roles.Citizen], check: "0123", actor: Guid.CreateVersion7(), delegation: delegation));
    }
}
