using System.Text.Json.Nodes;
using HaLong.PartnerLab.Dials;

namespace HaLong.PartnerLab.Signing;

/// <summary>What the gateway says of an order, in answers and notices, right or wrong as the dials want.</summary>
internal sealed class SmartCaAnswers(SigningPeople people, DialBoard dials)
{
    public JsonObject Status(SmartCaOrder order)
    {
        var answer = new JsonObject { ["status_code"] = 200, ["message"] = Word(order) };
        if (Code(order) is { } code)
            answer["code"] = code;
        answer["data"] = new JsonObject { ["transaction_id"] = order.TransactionId, ["tran_code"] = order.TranCode, ["signatures"] = Signatures(order) };
        return answer;
    }

    public JsonObject Notice(SmartCaOrder order)
    {
        var notice = new JsonObject { ["transaction_id"] = order.TransactionId, ["tran_code"] = order.TranCode, ["status"] = Word(order), ["signed_files"] = Signatures(order) };
        if (Code(order) is { } code)
            notice["code"] = code;
        return notice;
    }

    private static string Word(SmartCaOrder order) => order.State switch
    {
        SmartCaState.Pending => "pending",
        SmartCaState.Completed => "completed",
        SmartCaState.Expired => "expired",
        _ => "failed",
    };

    private static string? Code(SmartCaOrder order) => order.State switch
    {
        SmartCaState.Expired => "EXPIRED",
        SmartCaState.Declined => "4002",
        SmartCaState.Failed => "4004",
        _ => null,
    };

    private JsonArray Signatures(SmartCaOrder order)
    {
        if (order.State != SmartCaState.Completed || people.Serial(order.UserId, order.SerialNumber) is not { } signer)
            return [];
        var wrong = dials.Take("smartca.wrongSignature", order.UserId) is not null;
        var documents = dials.Take("smartca.wrongCount", order.UserId) is null ? order.Documents : [.. order.Documents.Skip(1)];
        // Not in the order they came: ids say what belongs to what.
        return new JsonArray([.. documents.Reverse().Select(d => (JsonNode)new JsonObject
        {
            ["doc_id"] = d.DocId,
            ["signature_value"] = Convert.ToBase64String(signer.Sign(wrong ? new byte[32] : Convert.FromHexString(d.Hash))),
            ["timestamp_signature"] = null,
        })]);
    }
}
