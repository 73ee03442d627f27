using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace HaLong.PartnerLab.Tests;

/// <summary>The simulated SMS aggregator of the older kind.</summary>
public sealed class SmsSoapTests : IAsyncLifetime
{
    private const string Phone = "+84912345678";
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync() => lab = await Lab.StartAsync(("SmsSoap:Password", "word"));

    public ValueTask DisposeAsync() => lab.DisposeAsync();

    [Fact]
    public async Task An_SMS_arrives_once_and_a_known_RequestID_says_so()
    {
        Assert.Equal("1", await SendAsync("one"));
        Assert.Equal("9", await SendAsync("one"));

        var sms = Assert.Single(await ReceivedAsync());
        Assert.Equal(("Xin chao", "HA LONG", "smsSoap"), (sms.GetProperty("text").GetString(), sms.GetProperty("sender").GetString(), sms.GetProperty("carrier").GetString()));
        await lab.DialAsync("smsSoap.forgetKey", true, times: 1);
        Assert.Equal("1", await SendAsync("one"));
        Assert.Equal(2, (await ReceivedAsync()).Count);
    }

    [Theory]
    [InlineData("2", "one", "84912345678", "HA LONG", "Xin chao", "0", "wrong")]
    [InlineData("5", "one", "84abc", "HA LONG", "Xin chao", "0")]
    [InlineData("5", "one", "849", "HA LONG", "Xin chao", "0")]
    [InlineData("4", "one", "84912345678", "UBND HA LONG", "Xin chao", "0")]
    [InlineData("4", "one", "84912345678", "", "Xin chao", "0")]
    [InlineData("6", "", "84912345678", "HA LONG", "Xin chao", "0")]
    [InlineData("6", "one", "84912345678", "HA LONG", "", "0")]
    [InlineData("6", "one", "84912345678", "HA LONG", "Xin chào ạ", "0")]
    [InlineData("6", "one", "84912345678", "HA LONG", "Xin chao", "7")]
    [InlineData("1", "one", "84912345678", "HA LONG", "Xin chào ạ", "1")]
    public async Task What_is_no_SMS_is_answered_by_a_number(string result, string key, string to, string sender, string text, string type, string password = "word") =>
        Assert.Equal(result, await SendAsync(key, to, sender, text, type, password));

    [Theory]
    [InlineData("smsSoap.down", 1, HttpStatusCode.ServiceUnavailable)]
    [InlineData("smsSoap.failStatus", 503, HttpStatusCode.ServiceUnavailable)]
    [InlineData("smsSoap.fault", 1, HttpStatusCode.InternalServerError)]
    public async Task It_fails_as_dialled(string dial, int value, HttpStatusCode status)
    {
        await lab.DialAsync(dial, value, times: 1);

        using var answer = await PostAsync(Send("one"));

        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(await ReceivedAsync());
    }

    [Fact]
    public async Task It_answers_the_number_that_is_dialled_loses_answers_doubles_and_delays()
    {
        await lab.DialAsync("smsSoap.errorCode", 7, times: 1, target: Phone);
        Assert.Equal("7", await SendAsync("one"));
        await lab.DialAsync("smsSoap.lostAnswer", true, times: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync("two"));
        await lab.DialAsync("smsSoap.duplicate", 1, times: 1);
        await lab.DialAsync("smsSoap.delay", 10, times: 1);
        Assert.Equal("1", await SendAsync("three"));

        Assert.Equal(3, (await ReceivedAsync()).Count);
    }

    [Fact]
    public async Task It_is_asked_about_many_at_once()
    {
        await SendAsync("arrived");
        await lab.DialAsync("smsSoap.receiptFailed", 1, times: 1);
        await SendAsync("failed");
        await lab.DialAsync("smsSoap.receiptDrop", true, times: 1);
        await SendAsync("silent");
        await lab.DialAsync("smsSoap.receiptDelay", 3_600_000, times: 1);
        await SendAsync("late");
        await lab.DialAsync("smsSoap.drop", true, times: 1);
        await SendAsync("lost");

        var states = await StatesAsync("arrived", "failed", "silent", "late", "lost", "nobody");

        Assert.Equal([("arrived", "2", ""), ("failed", "3", "unknownSubscriber"), ("silent", "1", ""), ("late", "1", ""), ("lost", "1", ""), ("nobody", "0", "")], states);
    }

    [Fact]
    public async Task It_cannot_be_asked_when_dialled_so()
    {
        await lab.DialAsync("smsSoap.noQuery", true, times: 1);

        using var answer = await PostAsync(Ask("one"));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Fault", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<a/>")]
    [InlineData("not xml")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    [InlineData("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><wsCpMt/></s:Body></s:Envelope>")]
    [InlineData("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><i:other xmlns:i='http://impl.bulkSms.ws/'><User>halong</User><Password>word</Password><CPCode>HALONG</CPCode></i:other></s:Body></s:Envelope>")]
    public async Task What_is_no_call_is_a_fault(string body)
    {
        using var answer = await PostAsync(body);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    private static string Call(string operation, string password, string arguments) =>
        $"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><i:{operation} xmlns:i='http://impl.bulkSms.ws/'><User>halong</User><Password>{password}</Password><CPCode>HALONG</CPCode>{arguments}</i:{operation}></s:Body></s:Envelope>";

    private static string Ask(params string[] keys) => Call("wsMtStatus", "word", string.Concat(keys.Select(k => $"<RequestID>{k}</RequestID>")));

    private static string Send(string key, string to = "84912345678", string sender = "HA LONG", string text = "Xin chao", string type = "0", string password = "word") => Call("wsCpMt", password,
        $"<RequestID>{key}</RequestID><UserID>{to}</UserID><ReceiverID>{to}</ReceiverID><ServiceID>{sender}</ServiceID><CommandCode>bulksms</CommandCode><Content>{text}</Content><ContentType>{type}</ContentType>");

    private async Task<string> SendAsync(string key, string to = "84912345678", string sender = "HA LONG", string text = "Xin chao", string type = "0", string password = "word")
    {
        using var answer = await PostAsync(Send(key, to, sender, text, type, password));
        return XDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Descendants("result").Single().Value;
    }

    private async Task<IEnumerable<(string, string, string)>> StatesAsync(params string[] keys)
    {
        using var answer = await PostAsync(Ask(keys));
        return XDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Descendants("mt")
            .Select(mt => (mt.Element("RequestID")!.Value, mt.Element("state")!.Value, mt.Element("reason")!.Value));
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        lab.Http.PostAsync(new Uri("/sms-soap", UriKind.Relative), new StringContent(body, Encoding.UTF8, "text/xml"), TestContext.Current.CancellationToken);

    private async Task<List<JsonElement>> ReceivedAsync() =>
        await lab.Http.GetFromJsonAsync<List<JsonElement>>("/sms/messages?to=" + Uri.EscapeDataString(Phone), TestContext.Current.CancellationToken) ?? [];
}
