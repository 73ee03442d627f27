using System.Text.Json;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class TrackingTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task The_code_alone_tells_the_state_and_how_far_it_is_and_nothing_else()
    {
        var (_, code) = await FiledAsync("1234");
        var view = await GetAsync(dossiers.Factory.Client(), $"/api/v1/tracking/{code}");
        Assert.Equal((code, "SUBMITTED", 1, 5), (view.GetProperty("code").GetString(), view.GetProperty("status").GetString(), view.GetProperty("step").GetInt32(), view.GetProperty("steps").GetInt32()));
        Assert.Equal(JsonValueKind.Null, view.GetProperty("details").ValueKind);
        Assert.DoesNotContain("Người Thử", view.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_check_number_shows_dates_and_steps()
    {
        var (id, code) = await FiledAsync("1234");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "acceptance"));
        var view = await GetAsync(dossiers.Factory.Client(), $"/api/v1/tracking/{code}?check=1234");
        var details = view.GetProperty("details");
        Assert.Equal(2, view.GetProperty("step").GetInt32());
        Assert.NotEqual(JsonValueKind.Null, details.GetProperty("dueAt").ValueKind);
        Assert.Equal(["submit", "accept"], details.GetProperty("timeline").EnumerateArray().Select(t => t.GetProperty("action").GetString()));
        Assert.DoesNotContain("Người Thử", view.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9999")]
    [InlineData("12345")]
    [InlineData("x")]
    public async Task A_wrong_check_number_tells_nothing(string check)
    {
        var (_, code) = await FiledAsync("1234");
        await RefusedAsync(await dossiers.Factory.Client().GetAsync($"/api/v1/tracking/{code}?check={check}", Ct), 404, "DOS-0020");
    }

    [Fact]
    public async Task Without_a_known_check_number_there_is_only_the_state()
    {
        var (_, code) = await FiledAsync(null);
        Assert.Equal(JsonValueKind.Null, (await GetAsync(dossiers.Factory.Client(), $"/api/v1/tracking/{code}?check=1234")).GetProperty("details").ValueKind);
    }

    [Theory]
    [InlineData("000.00.01.H49-230315-9999")]
    [InlineData("G09.20-20260609-0092637")]
    [InlineData("x")]
    [InlineData("%27%20or%201=1")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Unknown_codes_of_any_shape_are_not_found(string code) =>
        await RefusedAsync(await dossiers.Factory.Client().GetAsync($"/api/v1/tracking/{code}", Ct), 404, "DOS-0020");

    [Fact]
    public async Task Codes_are_found_in_lower_case_too()
    {
        var (_, code) = await FiledAsync(null);
        Assert.Equal(code, (await GetAsync(dossiers.Factory.Client(), $"/api/v1/tracking/{code.ToLowerInvariant()}")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_code_is_found_under_either_spelling_of_its_agency()
    {
        var (_, code) = await FiledAsync(null);
        var other = code.Replace("000.00.01.H49", "H49.01", StringComparison.Ordinal);
        Assert.Equal(code, (await GetAsync(dossiers.Factory.Client(), $"/api/v1/tracking/{other}")).GetProperty("code").GetString());
    }

    private async Task<(Guid Id, string Code)> FiledAsync(string? check)
    {
        var client = dossiers.Citizen(check: check);
        var id = await SubmittedAsync(client);
        return (id, (await ViewAsync(client, id)).GetProperty("code").GetString()!);
    }
}
