<?php
// A remote client in the manner of class.api.php: the entity and the action in the address, the
// keys and the parameters in the body, and the answer's members as members of the object.
class Remote
{
    private $entity;
    private $answer;

    public function __construct(private array $settings)
    {
        $this->answer = new stdClass();
    }

    public function __get($name)
    {
        if (isset($this->answer->$name)) {
            return $this->answer->$name;
        }
        $this->entity = $name;
        return $this;
    }

    public function __call($action, $arguments)
    {
        $params = $arguments[0] ?? [];
        $params = is_int($params) ? ['id' => $params] : $params;
        $params += ['version' => 3, 'sequential' => 1];
        $path = $this->settings['path'] ?? 'sites/all/modules/civicrm/extern/rest.php';
        $url = "{$this->settings['server']}/$path?entity={$this->entity}&action=$action";
        $body = http_build_query([
            'key' => $this->settings['key'],
            'api_key' => $this->settings['api_key'],
            'json' => json_encode($params),
        ]);
        $context = stream_context_create(['http' => [
            'method' => 'POST',
            'header' => "Content-Type: application/x-www-form-urlencoded\r\nUser-Agent: curl",
            'content' => $body,
            'follow_location' => 0,
        ]]);
        $this->answer = json_decode(file_get_contents($url, false, $context));
        return empty($this->answer->is_error);
    }

    public function errorMsg()
    {
        return $this->answer->error_message;
    }
}

[, $server, $key, $api_key] = $argv;
$api = new Remote(['server' => $server, 'key' => $key, 'api_key' => $api_key]);
$seen = [];
$seen['created'] = $api->Contact->Create([
    'contact_type' => 'Individual', 'first_name' => 'Alice', 'last_name' => 'Roberts',
]);
$id = $api->id;
$seen['got'] = $api->Contact->Get(['first_name' => 'Alice', 'last_name' => 'Roberts']);
$seen['count'] = $api->count;
$seen['sort_name'] = $api->values[0]->sort_name;
$api->Contact->GetSingle($id);
$seen['display_name'] = $api->display_name;
$api->Contact->GetValue(['id' => $id, 'return' => 'first_name']);
$seen['result'] = $api->result;
$seen['refused'] = $api->Contact->Create(['first_name' => 'No type']);
$seen['message'] = $api->errorMsg();
$seen['deleted'] = $api->Contact->Delete($id);
echo json_encode($seen), "\n";
