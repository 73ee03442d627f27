using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using HaLong.PartnerLab.Dials;
using HaLong.PartnerLab.Sms;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.SmsSoap;

/// <summary>Plays the SMS aggregator of the older kind: SOAP 1.1, results as numbers inside HTTP 200, receipts only for who asks.</summary>
internal sealed class SmsSoapEndpoints(SmsNetwork network, SmsBook book, DialBoard dials, IOptions<SmsSoapOptions> options, TimeProvider clock)
{
    private const string Carrier = "smsSoap";
    private const int MaxAsked = 100;
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Bulk = "http://impl.bulkSms.ws/";
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/sms-soap", (SmsSoapEndpoints self, HttpContext http, CancellationToken ct) => self.HandleAsync(http, ct)).AllowAnonymous();

    private async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        if (dials.Take("smsSoap.down") is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (await ReadAsync(http.Request, ct) is not { } call)
            return Fault("Client", "not a SOAP message");
        var to = "+" + Text(call, "ReceiverID");
        if (dials.Take("smsSoap.failStatus", to) is { } status)
            return TypedResults.StatusCode((int)status);
        if (dials.Take("smsSoap.fault", to) is not null)
            return Fault("Server", "internal");
        if (Text(call, "User") != options.Value.User || Text(call, "CPCode") != options.Value.CpCode || (options.Value.Password.Length > 0 && Text(call, "Password") != options.Value.Password))
            return Answer(call.Name.LocalName, Result(2, "wrong user or password"));

        var answer = call.Name.LocalName switch
        {
            "wsCpMt" => Send(call, to),
            "wsMtStatus" => State(call),
            _ => null,
        };
        if (answer is null)
            return Fault("Client", "no such operation");
        // After it was taken: who gives up waiting has sent it all the same.
        if (dials.Take("smsSoap.delay", to) is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
        if (dials.Take("smsSoap.lostAnswer", to) is not null)
            http.Abort();
        return Answer(call.Name.LocalName, answer);
    }

    private XElement Send(XElement call, string to)
    {
        var (key, sender, content, type) = (Text(call, "RequestID"), Text(call, "ServiceID"), Text(call, "Content"), Text(call, "ContentType"));
        if (dials.Take("smsSoap.errorCode", to) is { } code)
            return Result((int)code, "as dialled");
        if (!to[1..].All(char.IsAsciiDigit) || to.Length is < 10 or > 15)
            return Result(5, "receiver");
        if (sender.Length is 0 or > 11)
            return Result(4, "brandname");
        if (key.Length == 0 || content.Length == 0 || type is not ("0" or "1") || (type == "0" && content.Any(c => c > 0xFF)))
            return Result(6, "content");
        var (_, isNew) = network.Take(Carrier, to, sender, content, key);
        return isNew ? Result(1, "Insert MT_QUEUE: OK") : Result(9, "duplicate RequestID");
    }

    private XElement? State(XElement call)
    {
        if (dials.Take("smsSoap.noQuery") is not null)
            return null;
        var now = clock.GetUtcNow();
        var answer = Result(1, "OK");
        foreach (var key in call.Elements().Where(e => e.Name.LocalName == "RequestID").Select(e => e.Value).Take(MaxAsked))
        {
            var order = book.Find(Carrier, key);
            var state = order?.StateAt(now) switch { null => "0", "delivered" => "2", "failed" => "3", _ => "1" };
            answer.Add(new XElement("mt",
                new XElement("RequestID", key), new XElement("state", state), new XElement("reason", order?.Failure ?? ""),
                new XElement("time", (order?.EndsAt ?? now).ToOffset(Vietnam).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture))));
        }

        return answer;
    }

    private static async Task<XElement?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            using var reader = XmlReader.Create(request.Body, new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var document = await XDocument.LoadAsync(reader, LoadOptions.None, ct);
            return document.Root?.Element(Soap + "Body")?.Elements().FirstOrDefault(e => e.Name.Namespace == Bulk);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Text(XElement call, string name) => call.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "";

    private static XElement Result(int code, string message) =>
        new("return", new XElement("message", message), new XElement("result", code.ToString(CultureInfo.InvariantCulture)));

    private static ContentHttpResult Answer(string operation, XElement result) => Envelope(new XElement(Bulk + (operation + "Response"), result), StatusCodes.Status200OK);

    private static ContentHttpResult Fault(string code, string text) => Envelope(
        new XElement(Soap + "Fault", new XElement("faultcode", "soap:" + code), new XElement("faultstring", text)), StatusCodes.Status500InternalServerError);

    private static ContentHttpResult Envelope(XElement content, int status) => TypedResults.Text(
        new XElement(Soap + "Envelope", new XAttribute(XNamespace.Xmlns + "soap", Soap), new XElement(Soap + "Body", content)).ToString(SaveOptions.DisableFormatting),
        "text/xml; charset=utf-8", statusCode: status);
}
