using System.Diagnostics.Metrics;
using HaLong.Identity.DataRequests;
using HaLong.Identity.Tests.PersonalData;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.DataRequests;

public sealed class DataRequestWatchTests(TestSupport.Servers servers) : IAsyncLifetime
{
    private readonly IdentitySite _site = new(servers);

    public ValueTask InitializeAsync() => _site.InitializeAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Requests_past_a_limit_are_counted_until_they_are_dealt_with_and_listed_first()
    {
        var watch = ActivatorUtilities.CreateInstance<DataRequestWatch>(_site.Service.Services);
        var id = (await _site.PostAsync(await _site.TokenAsync("citizen"), "/api/v1/me/data-requests", new { kind = "restrict" })).Body.GetProperty("id").GetGuid();
        Assert.Equal((0, 0), await OverdueAsync(watch));
        // Tokens are checked by the real clock.
        var administrator = await _site.TokenAsync("administrator", strong: true);

        // More than any two working days, less than fifteen days.
        _site.Clock.Advance(TimeSpan.FromDays(12));
        Assert.Equal((1, 0), await OverdueAsync(watch));
        Assert.Equal(1, (await _site.GetAsync(administrator, "/api/v1/data-requests?overdue=true")).Body.GetProperty("items").GetArrayLength());
        await _site.PostAsync(administrator, $"/api/v1/data-requests/{id}/acknowledgement");
        Assert.Equal((0, 0), await OverdueAsync(watch));
        Assert.Equal(0, (await _site.GetAsync(administrator, "/api/v1/data-requests?overdue=true")).Body.GetProperty("items").GetArrayLength());

        _site.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal((0, 1), await OverdueAsync(watch));
        Assert.True((await _site.GetAsync(administrator, "/api/v1/data-requests?overdue=true")).Body.GetProperty("items")[0].GetProperty("overdue").GetBoolean());
        await _site.PostAsync(administrator, $"/api/v1/data-requests/{id}/completion", new { evidence = "Đã thực hiện đầy đủ" });
        Assert.Equal((0, 0), await OverdueAsync(watch));
    }

    private static async Task<(long Acknowledge, long Complete)> OverdueAsync(DataRequestWatch watch)
    {
        await watch.CountAsync(default);
        var (acknowledge, complete) = (0L, 0L);
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "halong.identity.data_requests.overdue") l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            // Other sites of the same process are at zero.
            if (tags.ToArray().Single().Value!.Equals("acknowledge"))
                acknowledge = Math.Max(acknowledge, value);
            else
                complete = Math.Max(complete, value);
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return (acknowledge, complete);
    }
}
