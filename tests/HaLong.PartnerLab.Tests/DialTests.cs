using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

public sealed class DialTests : IAsyncLifetime
{
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => lab = await Lab.StartAsync();

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task Every_dial_is_listed_with_its_meaning_and_those_that_are_on()
    {
        await lab.DialAsync("bank.drop", true, times: 2);

        var dials = await DialsAsync();

        Assert.Equal(120, dials.GetProperty("known").EnumerateObject().Count());
        var on = Assert.Single(dials.GetProperty("on").EnumerateArray());
        Assert.Equal("bank.drop", on.GetProperty("name").GetString());
        Assert.Equal(2, on.GetProperty("times").GetInt32());
    }

    [Fact]
    public async Task A_name_without_prefix_means_the_banks_and_the_webhooks_dial()
    {
        await lab.DialAsync("delay", 5);

        Assert.Equal(["bank.delay", "webhooks.delay"], await OnAsync());
    }

    [Fact]
    public async Task A_dial_goes_off_by_zero_by_name_and_with_all_others()
    {
        await lab.DialAsync("bank.drop", true);
        await lab.DialAsync("bank.duplicate", 1);
        await lab.DialAsync("mail.delay", 1);

        await lab.DialAsync("bank.drop", 0);
        Assert.Equal(["bank.duplicate", "mail.delay"], await OnAsync());
        await DeleteAsync("/dials/duplicate");
        Assert.Equal(["mail.delay"], await OnAsync());
        await DeleteAsync("/dials");
        Assert.Empty(await OnAsync());
    }

    [Fact]
    public async Task Unknown_names_and_values_are_refused()
    {
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync("nonsense", new { value = 1 }));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync("bank.drop", new { value = "much" }));
        Assert.Equal(HttpStatusCode.BadRequest, await PutAsync("bank.drop", new { value = 1, times = 0 }));
        Assert.Empty(await OnAsync());
    }

    private async Task<HttpStatusCode> PutAsync(string name, object setting)
    {
        using var response = await lab.Http.PutAsJsonAsync($"/dials/{name}", setting, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task DeleteAsync(string path)
    {
        using var response = await lab.Http.DeleteAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
    }

    private Task<JsonElement> DialsAsync() => lab.Http.GetFromJsonAsync<JsonElement>("/dials", TestContext.Current.CancellationToken);

    private async Task<IReadOnlyList<string?>> OnAsync() =>
        [.. (await DialsAsync()).GetProperty("on").EnumerateArray().Select(d => d.GetProperty("name").GetString()).Order()];
}
