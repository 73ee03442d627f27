using System.Net;
using System.Text.Json.Nodes;
using HaLong.Bench.Load;
using HaLong.Bench.Results;
using HaLong.Bench.Statistics;
using HaLong.Cli.Platform;

namespace HaLong.Bench.Tests;

public sealed class DashboardTests
{
    private static readonly DateOnly Today = new(2026, 12, 1);

    private static IReadOnlyList<Question> Questions => DashboardQuestions.All("06688", "22", "1.013978", Today);

    [Fact]
    public void Periods_are_the_last_month_this_quarter_and_this_year() =>
        Assert.Equal([("month", "2026-11"), ("quarter", "2026-Q4"), ("year", "2026")], DashboardQuestions.Periods(Today));

    [Fact]
    public void The_month_before_January_is_of_the_year_before() =>
        Assert.Equal([("month", "2026-12"), ("quarter", "2027-Q1"), ("year", "2027")], DashboardQuestions.Periods(new DateOnly(2027, 1, 15)));

    [Fact]
    public void Every_question_has_a_name_of_its_own_and_nothing_is_left_open_in_its_path()
    {
        Assert.Equal(Questions.Count, Questions.Select(q => q.Name).Distinct().Count());
        Assert.All(Questions, q => Assert.StartsWith("http_", q.Name, StringComparison.Ordinal));
        Assert.All(Questions, q => Assert.DoesNotContain('{', q.Path));
    }

    [Fact]
    public void A_unit_is_asked_for_by_its_leader_and_the_province_by_who_sees_all()
    {
        Assert.All(Questions.Where(q => q.Path.Contains("=22", StringComparison.Ordinal)), q => Assert.Equal("auditor", q.Who));
        Assert.All(Questions.Where(q => q.Path.Contains("=06688", StringComparison.Ordinal)), q => Assert.Equal("leader", q.Who));
        Assert.All(Questions.Where(q => q.Path.Contains("/open-data/", StringComparison.Ordinal)), q => Assert.Null(q.Who));
    }

    [Fact]
    public void Evaluations_know_no_months()
    {
        var evaluations = Questions.Where(q => q.Path.Contains("/evaluations/", StringComparison.Ordinal)).ToList();
        Assert.Equal(12, evaluations.Count);
        Assert.DoesNotContain(evaluations, q => q.Path.Contains("2026-11", StringComparison.Ordinal));
    }

    [Fact]
    public void What_if_is_told_unit_period_and_changes()
    {
        var question = Questions.Single(q => q.Name == "http_index_what_if_unit_quarter");
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(question.Body))!;
        Assert.Equal(("06688", "2026-Q4"), (body["unit"]!.GetValue<string>(), body["period"]!.GetValue<string>()));
        Assert.NotNull(body["changes"]!["received"]);
        Assert.All(Questions.Where(q => !q.Path.EndsWith("what-if", StringComparison.Ordinal)), q => Assert.Null(q.Body));
    }

    [Fact]
    public void A_report_tells_what_was_received_in_all() =>
        Assert.Equal(7, ChangeToFigure.Received(JsonNode.Parse("""{ "rows": [{ "received": 3 }, { "received": 4 }], "totals": { "received": 7 } }""")!));

    [Fact]
    public async Task Each_question_is_asked_so_often_and_a_list_far_down_too()
    {
        await using var pages = new Pages();
        using var clients = new DashboardClients(pages.Platform);
        var result = new ResultFile("statistics", "", [], [], []);
        var load = new DashboardLoad(clients, result, readers: 2);
        await load.RunAsync([new("http_list", null, "/list?unit=1") { Paged = true }, new("http_one", null, "/one")]);
        Assert.Equal((0, 2d), (load.Errors, result.Metrics["http_questions"]));
        Assert.Contains("http_list_deep_p95_milliseconds", result.Metrics.Keys);
        Assert.DoesNotContain("http_one_deep_p95_milliseconds", result.Metrics.Keys);
        Assert.Equal(load.Worst / 300, result.Ratios["http_worst_p95_to_target"]);
        // Once to warm up, and then so often.
        Assert.Equal(31, pages.Paths.Count(p => p == "/one"));
        Assert.Equal(31, pages.Paths.Count(p => p == "/list?unit=1&after=5"));
    }

    [Fact]
    public async Task What_is_not_answered_with_200_is_an_error_and_has_no_figure()
    {
        await using var pages = new Pages();
        using var clients = new DashboardClients(pages.Platform);
        var result = new ResultFile("statistics", "", [], [], []);
        var load = new DashboardLoad(clients, result, readers: 2);
        await load.RunAsync([new("http_none", null, "/none")]);
        Assert.Equal((1, 1d), (load.Errors, result.Metrics["http_errors"]));
        Assert.DoesNotContain("http_none_p95_milliseconds", result.Metrics.Keys);
    }

    [Fact]
    public async Task A_closed_loop_ends_after_so_many()
    {
        var done = 0;
        var result = await ClosedLoop.RunAsync(3, TimeSpan.FromMinutes(1), _ => Task.FromResult(Interlocked.Increment(ref done)), most: 10);
        Assert.Equal((10, 10L), (done, result.Completed));
    }

    /// <summary>A gateway whose lists have as many pages as anybody wants.</summary>
    private sealed class Pages : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;
        private readonly List<string> _paths = [];

        public Pages()
        {
            var port = FreePort();
            Platform = new PlatformFile($"http://127.0.0.1:{port}", "", [], [], [], new Dictionary<string, string>());
            _listener.Prefixes.Add(Platform.Gateway + "/");
            _listener.Start();
            _serving = ServeAsync();
        }

        public PlatformFile Platform { get; }

        public IReadOnlyList<string> Paths => _paths;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private static int FreePort()
        {
            using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            socket.Start();
            return ((IPEndPoint)socket.LocalEndpoint).Port;
        }

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                _paths.Add(context.Request.RawUrl!);
                context.Response.StatusCode = context.Request.Url!.AbsolutePath == "/none" ? 404 : 200;
                var next = 1 + int.Parse(context.Request.QueryString["after"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
                context.Response.Close(System.Text.Encoding.UTF8.GetBytes($$"""{ "items": [], "after": "{{next}}" }"""), willBlock: true);
            }
        }
    }
}
